# Made by Virga from the app console, stage default. Change the .virga file, not this one.

# Cloud console

data "alicloud_account" "current" {}

resource "alicloud_log_project" "log_project" {
  project_name = "console--default-${data.alicloud_account.current.id}-us-west-1"
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    team          = "front-end"
  }
}

resource "alicloud_log_store" "preferences_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "console-default-preferences"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "preferences_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.preferences_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "preferences_role" {
  role_name = "console--default--preferences-us-west-1"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["fc.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "preferences"
    team          = "front-end"
  }
}

resource "alicloud_ram_policy" "preferences_role" {
  policy_name = "console--default--preferences-us-west-1"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:us-west-1:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.preferences_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["ots:GetRow", "ots:GetRange", "ots:BatchGetRow"]
        Resource = ["acs:ots:cn-hangzhou:${data.alicloud_account.current.id}:instance/console--default/table/console__default__liked"]
      },
      {
        Effect   = "Allow"
        Action   = ["ots:PutRow", "ots:UpdateRow", "ots:DeleteRow", "ots:BatchWriteRow"]
        Resource = ["acs:ots:cn-hangzhou:${data.alicloud_account.current.id}:instance/console--default/table/console__default__liked"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "preferences_role" {
  policy_name = alicloud_ram_policy.preferences_role.policy_name
  policy_type = alicloud_ram_policy.preferences_role.type
  role_name   = alicloud_ram_role.preferences_role.role_name
}

resource "alicloud_fcv3_function" "preferences_function" {
  function_name        = "console-default-preferences"
  runtime              = "python3.12"
  handler              = "preferences.handler"
  memory_size          = 256
  cpu                  = 0.1
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    LIKED_TABLE_NAME     = "console__default__liked"
    LIKED_TABLE_INSTANCE = "console--default"
    LIKED_TABLE_ENDPOINT = "https://console--default.cn-hangzhou.ots.aliyuncs.com"
    LIKED_REGION         = "cn-hangzhou"
  }
  role = alicloud_ram_role.preferences_role.arn
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "preferences"
    team          = "front-end"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "console/preferences-63e72771b5d6.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.preferences_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.preferences_role]
}

resource "alicloud_log_store" "front_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "console-default-front"
  retention_period      = 90
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "front_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.front_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_cms_alarm" "broken_rule" {
  name    = "console-default-broken-us-west-1"
  project = "acs_fc"
  metric  = "FunctionFunctionErrors"
  metric_dimensions = jsonencode([
    {
      userId       = data.alicloud_account.current.id
      region       = "us-west-1"
      serviceName  = ""
      functionName = "console-default-web-handler"
    },
  ])
  contact_groups = [var.alarm_contact_group]
  period         = 300
  tags = {
    "virga:no-data" = "OK"
  }

  escalations_critical {
    statistics          = "Average"
    comparison_operator = ">"
    threshold           = "1"
    times               = 1
  }

  targets {
    target_id = "1"
    arn       = "acs:mns:us-west-1:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.broken_topic.topic_name}/messages"
    level     = "Critical"
  }
}

resource "terraform_data" "broken_targets" {
  input = alicloud_cms_alarm.broken_rule.id
}

resource "alicloud_ram_role" "broken_invoker_role" {
  role_name = "console--default--broken--invoker-us-west-1"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["mns.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "broken"
    team          = "front-end"
  }
}

resource "alicloud_ram_policy" "broken_invoker_role" {
  policy_name = "console--default--broken--invoker-us-west-1"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:us-west-1:${data.alicloud_account.current.id}:functions/console-default-oncall-sender"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "broken_invoker_role" {
  policy_name = alicloud_ram_policy.broken_invoker_role.policy_name
  policy_type = alicloud_ram_policy.broken_invoker_role.type
  role_name   = alicloud_ram_role.broken_invoker_role.role_name
}

resource "alicloud_message_service_topic" "broken_topic" {
  topic_name       = "console--default--broken--alarm"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "broken"
    team          = "front-end"
  }
}

resource "alicloud_fcv3_trigger" "broken_to_oncall_sender_trigger" {
  function_name   = alicloud_fcv3_function.oncall_sender_function.function_name
  trigger_name    = "broken-alarm"
  trigger_type    = "mns_topic"
  qualifier       = "LATEST"
  source_arn      = "acs:mns:us-west-1:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.broken_topic.topic_name}"
  invocation_role = alicloud_ram_role.broken_invoker_role.arn
  trigger_config = jsonencode({
    notifyContentFormat = "JSON"
    notifyStrategy      = "EXPONENTIAL_DECAY_RETRY"
  })
  depends_on = [alicloud_ram_role_policy_attachment.broken_invoker_role]
}

resource "alicloud_cms_alarm" "slow_rule" {
  name    = "console-default-slow-us-west-1"
  project = "acs_fc"
  metric  = "FunctionP99Duration"
  metric_dimensions = jsonencode([
    {
      userId       = data.alicloud_account.current.id
      region       = "us-west-1"
      serviceName  = ""
      functionName = "console-default-web-handler"
    },
  ])
  contact_groups = [var.alarm_contact_group]
  period         = 300
  tags = {
    "virga:no-data" = "OK"
  }

  escalations_critical {
    statistics          = "Maximum"
    comparison_operator = ">"
    threshold           = "500"
    times               = 3
  }

  targets {
    target_id = "1"
    arn       = "acs:mns:us-west-1:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.slow_topic.topic_name}/messages"
    level     = "Critical"
  }
}

resource "terraform_data" "slow_targets" {
  input = alicloud_cms_alarm.slow_rule.id
}

resource "alicloud_ram_role" "slow_invoker_role" {
  role_name = "console--default--slow--invoker-us-west-1"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["mns.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "slow"
    team          = "front-end"
  }
}

resource "alicloud_ram_policy" "slow_invoker_role" {
  policy_name = "console--default--slow--invoker-us-west-1"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:us-west-1:${data.alicloud_account.current.id}:functions/console-default-oncall-sender"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "slow_invoker_role" {
  policy_name = alicloud_ram_policy.slow_invoker_role.policy_name
  policy_type = alicloud_ram_policy.slow_invoker_role.type
  role_name   = alicloud_ram_role.slow_invoker_role.role_name
}

resource "alicloud_message_service_topic" "slow_topic" {
  topic_name       = "console--default--slow--alarm"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "slow"
    team          = "front-end"
  }
}

resource "alicloud_fcv3_trigger" "slow_to_oncall_sender_trigger" {
  function_name   = alicloud_fcv3_function.oncall_sender_function.function_name
  trigger_name    = "slow-alarm"
  trigger_type    = "mns_topic"
  qualifier       = "LATEST"
  source_arn      = "acs:mns:us-west-1:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.slow_topic.topic_name}"
  invocation_role = alicloud_ram_role.slow_invoker_role.arn
  trigger_config = jsonencode({
    notifyContentFormat = "JSON"
    notifyStrategy      = "EXPONENTIAL_DECAY_RETRY"
  })
  depends_on = [alicloud_ram_role_policy_attachment.slow_invoker_role]
}

resource "alicloud_api_gateway_group" "web_edge_group" {
  name        = "console-default-web-edge"
  description = "virga:app=console, virga:stage=default, virga:node=web.edge, team=front-end"
}

resource "alicloud_ram_role" "web_edge_invoker_role" {
  role_name = "console--default--web--edge--invoker-us-west-1"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["apigateway.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "web.edge"
    team          = "front-end"
  }
}

resource "alicloud_ram_policy" "web_edge_invoker_role" {
  policy_name = "console--default--web--edge--invoker-us-west-1"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:us-west-1:${data.alicloud_account.current.id}:functions/console-default-web-handler"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "web_edge_invoker_role" {
  policy_name = alicloud_ram_policy.web_edge_invoker_role.policy_name
  policy_type = alicloud_ram_policy.web_edge_invoker_role.type
  role_name   = alicloud_ram_role.web_edge_invoker_role.role_name
}

resource "alicloud_ram_role" "web_handler_role" {
  role_name = "console--default--web--handler-us-west-1"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["fc.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "web.handler"
    team          = "front-end"
  }
}

resource "alicloud_ram_policy" "web_handler_role" {
  policy_name = "console--default--web--handler-us-west-1"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:us-west-1:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.front_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:us-west-1:${data.alicloud_account.current.id}:functions/console-default-preferences"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "web_handler_role" {
  policy_name = alicloud_ram_policy.web_handler_role.policy_name
  policy_type = alicloud_ram_policy.web_handler_role.type
  role_name   = alicloud_ram_role.web_handler_role.role_name
}

resource "alicloud_fcv3_function" "web_handler_function" {
  function_name        = "console-default-web-handler"
  runtime              = "nodejs20"
  handler              = "web.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ORDERS_URL                = var.orders_url
    BILLING_URL               = var.billing_url
    PREFERENCES_FUNCTION_NAME = "console-default-preferences"
    LOGIN_ISSUER              = "https://login.example.com/"
    LOGIN_AUDIENCE            = "console"
  }
  role = alicloud_ram_role.web_handler_role.arn
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "web.handler"
    team          = "front-end"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "console/web-handler-884a304c34ec.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.front_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.web_handler_role]
}

resource "alicloud_api_gateway_group" "phone_edge_group" {
  name        = "console-default-phone-edge"
  description = "virga:app=console, virga:stage=default, virga:node=phone.edge, team=front-end"
}

resource "alicloud_ram_role" "phone_edge_invoker_role" {
  role_name = "console--default--phone--edge--invoker-us-west-1"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["apigateway.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "phone.edge"
    team          = "front-end"
  }
}

resource "alicloud_ram_policy" "phone_edge_invoker_role" {
  policy_name = "console--default--phone--edge--invoker-us-west-1"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:us-west-1:${data.alicloud_account.current.id}:functions/console-default-phone-handler"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "phone_edge_invoker_role" {
  policy_name = alicloud_ram_policy.phone_edge_invoker_role.policy_name
  policy_type = alicloud_ram_policy.phone_edge_invoker_role.type
  role_name   = alicloud_ram_role.phone_edge_invoker_role.role_name
}

resource "alicloud_ram_role" "phone_handler_role" {
  role_name = "console--default--phone--handler-us-west-1"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["fc.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "phone.handler"
    team          = "front-end"
  }
}

resource "alicloud_ram_policy" "phone_handler_role" {
  policy_name = "console--default--phone--handler-us-west-1"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:us-west-1:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.front_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:us-west-1:${data.alicloud_account.current.id}:functions/console-default-preferences"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "phone_handler_role" {
  policy_name = alicloud_ram_policy.phone_handler_role.policy_name
  policy_type = alicloud_ram_policy.phone_handler_role.type
  role_name   = alicloud_ram_role.phone_handler_role.role_name
}

resource "alicloud_fcv3_function" "phone_handler_function" {
  function_name        = "console-default-phone-handler"
  runtime              = "nodejs20"
  handler              = "phone.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ORDERS_URL                = var.orders_url
    PREFERENCES_FUNCTION_NAME = "console-default-preferences"
    LOGIN_ISSUER              = "https://login.example.com/"
    LOGIN_AUDIENCE            = "console"
  }
  role = alicloud_ram_role.phone_handler_role.arn
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "phone.handler"
    team          = "front-end"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "console/phone-handler-884a304c34ec.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.front_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.phone_handler_role]
}

resource "alicloud_oos_secret_parameter" "oncall_key_secret" {
  secret_parameter_name = "console-default-oncall-key"
  value                 = var.slack_webhook
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "oncall.key"
    team          = "front-end"
  }
}

resource "alicloud_log_store" "oncall_sender_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "console-default-oncall-sender"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "oncall_sender_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.oncall_sender_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "oncall_sender_role" {
  role_name = "console--default--oncall--sender-us-west-1"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["fc.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "oncall.sender"
    team          = "front-end"
  }
}

resource "alicloud_ram_policy" "oncall_sender_role" {
  policy_name = "console--default--oncall--sender-us-west-1"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:us-west-1:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.oncall_sender_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oos:GetSecretParameter"]
        Resource = ["acs:oos:us-west-1:${data.alicloud_account.current.id}:secretparameter/${alicloud_oos_secret_parameter.oncall_key_secret.secret_parameter_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:GetSecretValue"]
        Resource = ["acs:kms:us-west-1:${data.alicloud_account.current.id}:secret/oos/${alicloud_oos_secret_parameter.oncall_key_secret.secret_parameter_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "oncall_sender_role" {
  policy_name = alicloud_ram_policy.oncall_sender_role.policy_name
  policy_type = alicloud_ram_policy.oncall_sender_role.type
  role_name   = alicloud_ram_role.oncall_sender_role.role_name
}

resource "alicloud_fcv3_function" "oncall_sender_function" {
  function_name        = "console-default-oncall-sender"
  description          = "Tells a Slack channel"
  runtime              = "python3.12"
  handler              = "notify.slack"
  memory_size          = 128
  cpu                  = 0.05
  disk_size            = 512
  timeout              = 30
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ONCALL_KEY_SECRET_NAME = alicloud_oos_secret_parameter.oncall_key_secret.secret_parameter_name
    CHANNEL_SECRET_NAME    = alicloud_oos_secret_parameter.oncall_key_secret.secret_parameter_name
    PREFIX                 = "console"
  }
  role = alicloud_ram_role.oncall_sender_role.arn
  tags = {
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "oncall.sender"
    team          = "front-end"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "console/oncall-sender-3037b7104d59.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.oncall_sender_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.oncall_sender_role]
}

resource "alicloud_fcv3_async_invoke_config" "oncall_sender_async_config" {
  function_name                  = alicloud_fcv3_function.oncall_sender_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false
}

resource "alicloud_ros_stack" "stack" {
  stack_name = "console-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      StaffTokenCheck = {
        Type = "ALIYUN::ApiGateway::Plugin"
        Properties = {
          PluginName = "console-default-staff-jwtAuth"
          PluginType = "jwtAuth"
          PluginData = "{\"parameter\":\"Authorization\",\"parameterLocation\":\"header\",\"claimParameters\":[{\"claimName\":\"iss\",\"parameterName\":\"x-jwt-iss\",\"location\":\"header\"},{\"claimName\":\"aud\",\"parameterName\":\"x-jwt-aud\",\"location\":\"header\"},{\"claimName\":\"sub\",\"parameterName\":\"x-jwt-sub\",\"location\":\"header\"}],\"jwk\":{\"kty\":\"RSA\",\"alg\":\"RS256\",\"use\":\"sig\",\"kid\":\"example-1\",\"e\":\"AQAB\",\"n\":\"nsHKaMfOl3Io7Ywqz6DZ6idyZuzPaemPKGZFAQHx2JJV7GMyLWldAz69P-7KQ-8YxCqsSYKGRrVZZzhQzckubPCzg2Lc92bf-G1khAbdK1Ul5aqCCEP6EExtR1MAL2DgdeTeQs1IVRI-jWtxbqUMu3CmvWv3pcs2gOGYorHll3Y3Ol-9LlQELOmSWXup1YcSMLAUmmWc9fxFm4lBDIsGVy2XrGL4nPD3Q9GgpbL8id-JVQspaOUzRTrQEi9YUrL6Kk1hAkAgarLezUx-mtt8ZhbbwPgmyKZW9SNaKIyeV_Kuge2-vmTZcwZ9TlGGZw1yRICr_ebY367QlkmbRx5e0Q\"}}"
          Tags = [
            {
              Key   = "virga:app"
              Value = "console"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "staff"
            },
            {
              Key   = "team"
              Value = "front-end"
            },
          ]
        }
      }
      WebEdgeAnyPathToWebHandlerTokenCheck = {
        Type      = "ALIYUN::ApiGateway::PluginAttachment"
        DependsOn = ["WebEdgeAnyPathToWebHandlerDeployment"]
        Properties = {
          ApiId = {
            "Fn::GetAtt" = ["WebEdgeAnyPathToWebHandlerApi", "ApiId"]
          }
          PluginId = {
            "Fn::GetAtt" = ["StaffTokenCheck", "PluginId"]
          }
          StageName = "RELEASE"
        }
      }
      PhoneEdgeAnyPathToPhoneHandlerTokenCheck = {
        Type      = "ALIYUN::ApiGateway::PluginAttachment"
        DependsOn = ["PhoneEdgeAnyPathToPhoneHandlerDeployment"]
        Properties = {
          ApiId = {
            "Fn::GetAtt" = ["PhoneEdgeAnyPathToPhoneHandlerApi", "ApiId"]
          }
          PluginId = {
            "Fn::GetAtt" = ["StaffTokenCheck", "PluginId"]
          }
          StageName = "RELEASE"
        }
      }
      WebEdgeCors = {
        Type = "ALIYUN::ApiGateway::Plugin"
        Properties = {
          PluginName = "console-default-web-edge-cors"
          PluginType = "cors"
          PluginData = "{\"allowOrigins\":\"https://console.example.com\",\"allowMethods\":\"GET,POST,PUT,PATCH,DELETE,OPTIONS\",\"allowHeaders\":\"content-type,authorization\",\"exposeHeaders\":\"\",\"allowCredentials\":true,\"maxAge\":600}"
          Tags = [
            {
              Key   = "virga:app"
              Value = "console"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "web.edge"
            },
            {
              Key   = "team"
              Value = "front-end"
            },
          ]
        }
      }
      WebEdgeOptionsPathToWebHandlerCors = {
        Type      = "ALIYUN::ApiGateway::PluginAttachment"
        DependsOn = ["WebEdgeOptionsPathToWebHandlerDeployment"]
        Properties = {
          ApiId = {
            "Fn::GetAtt" = ["WebEdgeOptionsPathToWebHandlerApi", "ApiId"]
          }
          PluginId = {
            "Fn::GetAtt" = ["WebEdgeCors", "PluginId"]
          }
          StageName = "RELEASE"
        }
      }
      WebEdgeAnyPathToWebHandlerCors = {
        Type      = "ALIYUN::ApiGateway::PluginAttachment"
        DependsOn = ["WebEdgeAnyPathToWebHandlerDeployment"]
        Properties = {
          ApiId = {
            "Fn::GetAtt" = ["WebEdgeAnyPathToWebHandlerApi", "ApiId"]
          }
          PluginId = {
            "Fn::GetAtt" = ["WebEdgeCors", "PluginId"]
          }
          StageName = "RELEASE"
        }
      }
      WebEdgeTraffic = {
        Type = "ALIYUN::ApiGateway::TrafficControl"
        Properties = {
          TrafficControlName = "console-default-web-edge"
          TrafficControlUnit = "MINUTE"
          ApiDefault         = 30000
        }
      }
      WebEdgeTrafficBinding = {
        Type      = "ALIYUN::ApiGateway::TrafficControlBinding"
        DependsOn = ["WebEdgeAnyPathToWebHandlerDeployment", "WebEdgeOptionsPathToWebHandlerDeployment"]
        Properties = {
          GroupId = alicloud_api_gateway_group.web_edge_group.id
          ApiIds = [
            {
              "Fn::GetAtt" = ["WebEdgeOptionsPathToWebHandlerApi", "ApiId"]
            },
            {
              "Fn::GetAtt" = ["WebEdgeAnyPathToWebHandlerApi", "ApiId"]
            },
          ]
          StageName = "RELEASE"
          TrafficControlId = {
            "Fn::GetAtt" = ["WebEdgeTraffic", "TrafficControlId"]
          }
        }
      }
      WebEdgeOptionsPathToWebHandlerApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.web_edge_group.id
          ApiName    = "console-default-web-edge-OPTIONS__path-b7f04a"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "OPTIONS"
            RequestPath       = "/*"
            RequestMode       = "PASSTHROUGH"
          }
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = "us-west-1"
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.web_handler_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.web_edge_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "console"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "web.edge"
            },
            {
              Key   = "team"
              Value = "front-end"
            },
          ]
        }
      }
      WebEdgeOptionsPathToWebHandlerDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.web_edge_group.id
          ApiId = {
            "Fn::GetAtt" = ["WebEdgeOptionsPathToWebHandlerApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "b46e150c571f"
        }
      }
      WebEdgeAnyPathToWebHandlerApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.web_edge_group.id
          ApiName    = "console-default-web-edge-ANY__path-55491e"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "ANY"
            RequestPath       = "/*"
            RequestMode       = "PASSTHROUGH"
          }
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = "us-west-1"
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.web_handler_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.web_edge_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "console"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "web.edge"
            },
            {
              Key   = "team"
              Value = "front-end"
            },
          ]
        }
      }
      WebEdgeAnyPathToWebHandlerDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.web_edge_group.id
          ApiId = {
            "Fn::GetAtt" = ["WebEdgeAnyPathToWebHandlerApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "299520cdfb41"
        }
      }
      PhoneEdgeTraffic = {
        Type = "ALIYUN::ApiGateway::TrafficControl"
        Properties = {
          TrafficControlName = "console-default-phone-edge"
          TrafficControlUnit = "MINUTE"
          ApiDefault         = 30000
        }
      }
      PhoneEdgeTrafficBinding = {
        Type      = "ALIYUN::ApiGateway::TrafficControlBinding"
        DependsOn = ["PhoneEdgeAnyPathToPhoneHandlerDeployment"]
        Properties = {
          GroupId = alicloud_api_gateway_group.phone_edge_group.id
          ApiIds = [
            {
              "Fn::GetAtt" = ["PhoneEdgeAnyPathToPhoneHandlerApi", "ApiId"]
            },
          ]
          StageName = "RELEASE"
          TrafficControlId = {
            "Fn::GetAtt" = ["PhoneEdgeTraffic", "TrafficControlId"]
          }
        }
      }
      PhoneEdgeAnyPathToPhoneHandlerApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.phone_edge_group.id
          ApiName    = "console-default-phone-edge-ANY__path-e2af34"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "ANY"
            RequestPath       = "/*"
            RequestMode       = "PASSTHROUGH"
          }
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = "us-west-1"
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.phone_handler_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.phone_edge_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "console"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "phone.edge"
            },
            {
              Key   = "team"
              Value = "front-end"
            },
          ]
        }
      }
      PhoneEdgeAnyPathToPhoneHandlerDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.phone_edge_group.id
          ApiId = {
            "Fn::GetAtt" = ["PhoneEdgeAnyPathToPhoneHandlerApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "b4e104013ef4"
        }
      }
    }
  })
  depends_on = [
    alicloud_ram_role_policy_attachment.web_edge_invoker_role,
    alicloud_ram_role_policy_attachment.phone_edge_invoker_role,
  ]
}
