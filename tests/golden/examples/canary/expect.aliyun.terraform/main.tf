# Made by Virga from the app canary, stage default. Change the .virga file, not this one.

# Prices, changed with care

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "canary--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "canary"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_store" "prices_handler_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "canary-default-prices-handler"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "prices_handler_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.prices_handler_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "prices_handler_role" {
  role_name = "canary--default--prices--handler-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "prices.handler"
  }
}

resource "alicloud_ram_policy" "prices_handler_role" {
  policy_name = "canary--default--prices--handler-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.prices_handler_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "prices_handler_role" {
  policy_name = alicloud_ram_policy.prices_handler_role.policy_name
  policy_type = alicloud_ram_policy.prices_handler_role.type
  role_name   = alicloud_ram_role.prices_handler_role.role_name
}

resource "alicloud_fcv3_function" "prices_handler_function" {
  function_name        = "canary-default-prices-handler"
  runtime              = "nodejs20"
  handler              = "prices.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.prices_handler_role.arn
  tags = {
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "prices.handler"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "canary/prices-handler-fc9088e77be3.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.prices_handler_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.prices_handler_role]
}

resource "alicloud_fcv3_function_version" "prices_handler_versionb0d598dc8bfd" {
  function_name = alicloud_fcv3_function.prices_handler_function.function_name
  description   = "b0d598dc8bfd"

  lifecycle {
    create_before_destroy = true
    prevent_destroy       = true
  }
}

resource "alicloud_fcv3_alias" "prices_handler_alias" {
  function_name = alicloud_fcv3_function.prices_handler_function.function_name
  alias_name    = "live"
  version_id    = var.stable
  additional_version_weight = {
    (alicloud_fcv3_function_version.prices_handler_versionb0d598dc8bfd.version_id) = 0.1
  }
}

resource "alicloud_fcv3_trigger" "prices_handler_http_trigger" {
  function_name = alicloud_fcv3_function.prices_handler_function.function_name
  trigger_name  = "http"
  trigger_type  = "http"
  qualifier     = alicloud_fcv3_alias.prices_handler_alias.alias_name
  trigger_config = jsonencode({
    authType           = "anonymous"
    disableURLInternet = false
    methods            = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"]
  })
}

resource "alicloud_cms_alarm" "prices_trouble_rule" {
  name    = "canary-default-prices-trouble-${data.alicloud_regions.current.regions[0].id}"
  project = "acs_fc"
  metric  = "FunctionFunctionErrors"
  metric_dimensions = jsonencode([
    {
      userId       = data.alicloud_account.current.id
      region       = data.alicloud_regions.current.regions[0].id
      serviceName  = ""
      functionName = "canary-default-prices-handler"
    },
  ])
  contact_groups = [var.alarm_contact_group]
  period         = 60
  tags = {
    "virga:no-data" = "OK"
  }

  escalations_critical {
    statistics          = "Maximum"
    comparison_operator = ">"
    threshold           = "0"
    times               = 1
  }

  targets {
    target_id = "1"
    arn       = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.prices_trouble_topic.topic_name}/messages"
    level     = "Critical"
  }
}

resource "terraform_data" "prices_trouble_targets" {
  input = alicloud_cms_alarm.prices_trouble_rule.id
}

resource "alicloud_ram_role" "prices_trouble_invoker_role" {
  role_name = "canary--default--prices--trouble--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "prices.trouble"
  }
}

resource "alicloud_ram_policy" "prices_trouble_invoker_role" {
  policy_name = "canary--default--prices--trouble--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/canary-default-told-sender"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "prices_trouble_invoker_role" {
  policy_name = alicloud_ram_policy.prices_trouble_invoker_role.policy_name
  policy_type = alicloud_ram_policy.prices_trouble_invoker_role.type
  role_name   = alicloud_ram_role.prices_trouble_invoker_role.role_name
}

resource "alicloud_message_service_topic" "prices_trouble_topic" {
  topic_name       = "canary--default--prices--trouble--alarm"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "prices.trouble"
  }
}

resource "alicloud_fcv3_trigger" "prices_trouble_to_told_sender_trigger" {
  function_name   = alicloud_fcv3_function.told_sender_function.function_name
  trigger_name    = "prices-trouble-alarm"
  trigger_type    = "mns_topic"
  qualifier       = "LATEST"
  source_arn      = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.prices_trouble_topic.topic_name}"
  invocation_role = alicloud_ram_role.prices_trouble_invoker_role.arn
  trigger_config = jsonencode({
    notifyContentFormat = "JSON"
    notifyStrategy      = "EXPONENTIAL_DECAY_RETRY"
  })
  depends_on = [alicloud_ram_role_policy_attachment.prices_trouble_invoker_role]
}

resource "alicloud_oos_secret_parameter" "told_key_secret" {
  secret_parameter_name = "canary-default-told-key"
  value                 = var.slack_webhook
  tags = {
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "told.key"
  }
}

resource "alicloud_log_store" "told_sender_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "canary-default-told-sender"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "told_sender_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.told_sender_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "told_sender_role" {
  role_name = "canary--default--told--sender-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "alicloud_ram_policy" "told_sender_role" {
  policy_name = "canary--default--told--sender-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.told_sender_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oos:GetSecretParameter"]
        Resource = ["acs:oos:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secretparameter/${alicloud_oos_secret_parameter.told_key_secret.secret_parameter_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:GetSecretValue"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secret/oos/${alicloud_oos_secret_parameter.told_key_secret.secret_parameter_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "told_sender_role" {
  policy_name = alicloud_ram_policy.told_sender_role.policy_name
  policy_type = alicloud_ram_policy.told_sender_role.type
  role_name   = alicloud_ram_role.told_sender_role.role_name
}

resource "alicloud_fcv3_function" "told_sender_function" {
  function_name        = "canary-default-told-sender"
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
    TOLD_KEY_SECRET_NAME = alicloud_oos_secret_parameter.told_key_secret.secret_parameter_name
    CHANNEL_SECRET_NAME  = alicloud_oos_secret_parameter.told_key_secret.secret_parameter_name
    PREFIX               = "prices"
  }
  role = alicloud_ram_role.told_sender_role.arn
  tags = {
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "canary/told-sender-3037b7104d59.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.told_sender_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.told_sender_role]
}

resource "alicloud_fcv3_async_invoke_config" "told_sender_async_config" {
  function_name                  = alicloud_fcv3_function.told_sender_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false
}
