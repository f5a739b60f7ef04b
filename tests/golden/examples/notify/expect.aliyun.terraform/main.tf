# Made by Virga from the app notify, stage default. Change the .virga file, not this one.

# Who hears of what

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "notify--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_store" "fetch_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "notify-default-fetch"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "fetch_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.fetch_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "fetch_role" {
  role_name = "notify--default--fetch-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "fetch"
  }
}

resource "alicloud_ram_policy" "fetch_role" {
  policy_name = "notify--default--fetch-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.fetch_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/notify-default-letters-sender"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "fetch_role" {
  policy_name = alicloud_ram_policy.fetch_role.policy_name
  policy_type = alicloud_ram_policy.fetch_role.type
  role_name   = alicloud_ram_role.fetch_role.role_name
}

resource "alicloud_fcv3_function" "fetch_function" {
  function_name        = "notify-default-fetch"
  runtime              = "python3.12"
  handler              = "fetch.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 60
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.fetch_role.arn
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "fetch"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "notify/fetch-5951fe4a7080.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.fetch_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.fetch_role]
}

resource "alicloud_fcv3_async_invoke_config" "fetch_async_config" {
  function_name                  = alicloud_fcv3_function.fetch_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false

  destination_config {
    on_failure {
      destination = "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/notify-default-letters-sender"
    }
  }

  depends_on = [alicloud_fcv3_function.letters_sender_function]
}

resource "alicloud_fcv3_trigger" "hourly_to_fetch_timer" {
  function_name = alicloud_fcv3_function.fetch_function.function_name
  trigger_name  = "hourly"
  trigger_type  = "timer"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    cronExpression = "@every 60m"
    enable         = true
    payload        = "{\"source\":\"hourly\"}"
  })
}

resource "alicloud_cms_alarm" "broken_rule" {
  name    = "notify-default-broken-${data.alicloud_regions.current.regions[0].id}"
  project = "acs_fc"
  metric  = "FunctionFunctionErrors"
  metric_dimensions = jsonencode([
    {
      userId       = data.alicloud_account.current.id
      region       = data.alicloud_regions.current.regions[0].id
      serviceName  = ""
      functionName = "notify-default-fetch"
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
    threshold           = "0"
    times               = 1
  }

  targets {
    target_id = "1"
    arn       = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.trouble_topic.topic_name}/messages"
    level     = "Critical"
  }
}

resource "terraform_data" "broken_targets" {
  input = alicloud_cms_alarm.broken_rule.id
}

resource "alicloud_message_service_topic" "trouble_topic" {
  topic_name       = "notify--default--trouble"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "trouble"
  }
}

resource "alicloud_ram_role" "trouble_invoker_role" {
  role_name = "notify--default--trouble--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "trouble"
  }
}

resource "alicloud_ram_policy" "trouble_invoker_role" {
  policy_name = "notify--default--trouble--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/notify-default-channel-sender"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "trouble_invoker_role" {
  policy_name = alicloud_ram_policy.trouble_invoker_role.policy_name
  policy_type = alicloud_ram_policy.trouble_invoker_role.type
  role_name   = alicloud_ram_role.trouble_invoker_role.role_name
}

resource "alicloud_fcv3_trigger" "trouble_to_channel_sender_trigger" {
  function_name   = alicloud_fcv3_function.channel_sender_function.function_name
  trigger_name    = "trouble"
  trigger_type    = "mns_topic"
  qualifier       = "LATEST"
  source_arn      = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.trouble_topic.topic_name}"
  invocation_role = alicloud_ram_role.trouble_invoker_role.arn
  trigger_config = jsonencode({
    notifyContentFormat = "JSON"
    notifyStrategy      = "EXPONENTIAL_DECAY_RETRY"
  })
  depends_on = [alicloud_ram_role_policy_attachment.trouble_invoker_role]
}

resource "alicloud_oos_secret_parameter" "channel_key_secret" {
  secret_parameter_name = "notify-default-channel-key"
  value                 = var.slack_webhook
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "channel.key"
  }
}

resource "alicloud_log_store" "channel_sender_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "notify-default-channel-sender"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "channel_sender_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.channel_sender_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "channel_sender_role" {
  role_name = "notify--default--channel--sender-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "channel.sender"
  }
}

resource "alicloud_ram_policy" "channel_sender_role" {
  policy_name = "notify--default--channel--sender-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.channel_sender_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oos:GetSecretParameter"]
        Resource = ["acs:oos:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secretparameter/${alicloud_oos_secret_parameter.channel_key_secret.secret_parameter_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:GetSecretValue"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secret/oos/${alicloud_oos_secret_parameter.channel_key_secret.secret_parameter_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "channel_sender_role" {
  policy_name = alicloud_ram_policy.channel_sender_role.policy_name
  policy_type = alicloud_ram_policy.channel_sender_role.type
  role_name   = alicloud_ram_role.channel_sender_role.role_name
}

resource "alicloud_fcv3_function" "channel_sender_function" {
  function_name        = "notify-default-channel-sender"
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
    CHANNEL_KEY_SECRET_NAME = alicloud_oos_secret_parameter.channel_key_secret.secret_parameter_name
    CHANNEL_SECRET_NAME     = alicloud_oos_secret_parameter.channel_key_secret.secret_parameter_name
    PREFIX                  = "imports"
  }
  role = alicloud_ram_role.channel_sender_role.arn
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "channel.sender"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "notify/channel-sender-3037b7104d59.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.channel_sender_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.channel_sender_role]
}

resource "alicloud_fcv3_async_invoke_config" "channel_sender_async_config" {
  function_name                  = alicloud_fcv3_function.channel_sender_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false
}

resource "alicloud_oos_secret_parameter" "letters_key_secret" {
  secret_parameter_name = "notify-default-letters-key"
  value                 = var.mail_password
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "letters.key"
  }
}

resource "alicloud_log_store" "letters_sender_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "notify-default-letters-sender"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "letters_sender_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.letters_sender_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "letters_sender_role" {
  role_name = "notify--default--letters--sender-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "letters.sender"
  }
}

resource "alicloud_ram_policy" "letters_sender_role" {
  policy_name = "notify--default--letters--sender-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.letters_sender_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oos:GetSecretParameter"]
        Resource = ["acs:oos:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secretparameter/${alicloud_oos_secret_parameter.letters_key_secret.secret_parameter_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:GetSecretValue"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secret/oos/${alicloud_oos_secret_parameter.letters_key_secret.secret_parameter_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "letters_sender_role" {
  policy_name = alicloud_ram_policy.letters_sender_role.policy_name
  policy_type = alicloud_ram_policy.letters_sender_role.type
  role_name   = alicloud_ram_role.letters_sender_role.role_name
}

resource "alicloud_fcv3_function" "letters_sender_function" {
  function_name        = "notify-default-letters-sender"
  description          = "Writes letters"
  runtime              = "python3.12"
  handler              = "notify.mail"
  memory_size          = 128
  cpu                  = 0.05
  disk_size            = 512
  timeout              = 30
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    LETTERS_KEY_SECRET_NAME = alicloud_oos_secret_parameter.letters_key_secret.secret_parameter_name
    CHANNEL_SECRET_NAME     = alicloud_oos_secret_parameter.letters_key_secret.secret_parameter_name
    PREFIX                  = ""
    MAIL_SERVER             = "smtp.example.com"
    MAIL_PORT               = "465"
    MAIL_USER               = "imports@example.com"
    MAIL_FROM               = "imports@example.com"
    MAIL_TO                 = "team@example.com"
  }
  role = alicloud_ram_role.letters_sender_role.arn
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "letters.sender"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "notify/letters-sender-3037b7104d59.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.letters_sender_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.letters_sender_role]
}

resource "alicloud_fcv3_async_invoke_config" "letters_sender_async_config" {
  function_name                  = alicloud_fcv3_function.letters_sender_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false
}
