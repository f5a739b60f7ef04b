# Made by Virga from the app nightly_report, stage default. Change the .virga file, not this one.

# Yesterday's numbers, by mail

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_ots_instance" "table_instance" {
  name          = "nightly-r-36da88"
  instance_type = "HighPerformance"
  accessed_by   = "Any"
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_project" "log_project" {
  project_name = "nightly-report--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
  }
}

resource "alicloud_ots_table" "sales_table" {
  instance_name = alicloud_ots_instance.table_instance.name
  table_name    = "nightly_report__default__sales"
  max_version   = 1
  time_to_live  = -1

  primary_key {
    name = "day"
    type = "String"
  }

  primary_key {
    name = "product"
    type = "String"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oos_parameter" "limits_config" {
  parameter_name = "nightly_report-default-limits"
  type           = "String"
  value          = "{\"low\": 10}"
}

resource "alicloud_fcv3_trigger" "report_clock_to_report_worker_timer" {
  function_name = alicloud_fcv3_function.report_worker_function.function_name
  trigger_name  = "report-clock"
  trigger_type  = "timer"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    cronExpression = "CRON_TZ=Asia/Shanghai 0 30 6 * * MON-FRI"
    enable         = true
    payload        = "{\"products\":[\"tea\",\"coffee\"]}"
  })
}

resource "alicloud_log_store" "report_worker_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "nightly_report-default-report-worker"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "report_worker_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.report_worker_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "report_worker_role" {
  role_name = "nightly-report--default--report--worker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "report.worker"
  }
}

resource "alicloud_ram_policy" "report_worker_role" {
  policy_name = "nightly-report--default--report--worker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.report_worker_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["ots:GetRow", "ots:GetRange", "ots:BatchGetRow"]
        Resource = ["acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.sales_table.table_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oos:GetParameter"]
        Resource = ["acs:oos:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:parameter/${alicloud_oos_parameter.limits_config.parameter_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/nightly_report-default-letters-sender"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "report_worker_role" {
  policy_name = alicloud_ram_policy.report_worker_role.policy_name
  policy_type = alicloud_ram_policy.report_worker_role.type
  role_name   = alicloud_ram_role.report_worker_role.role_name
}

resource "alicloud_fcv3_function" "report_worker_function" {
  function_name        = "nightly_report-default-report-worker"
  runtime              = "python3.12"
  handler              = "report.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 300
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    SALES_TABLE_NAME             = alicloud_ots_table.sales_table.table_name
    SALES_TABLE_INSTANCE         = alicloud_ots_instance.table_instance.name
    SALES_TABLE_ENDPOINT         = "https://${alicloud_ots_instance.table_instance.name}.${data.alicloud_regions.current.regions[0].id}.ots.aliyuncs.com"
    LIMITS_CONFIG_NAME           = alicloud_oos_parameter.limits_config.parameter_name
    LETTERS_SENDER_FUNCTION_NAME = "nightly_report-default-letters-sender"
  }
  role = alicloud_ram_role.report_worker_role.arn
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "report.worker"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "nightly_report/report-worker-a5c828f9c43b.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.report_worker_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.report_worker_role]
}

resource "alicloud_fcv3_async_invoke_config" "report_worker_async_config" {
  function_name                  = alicloud_fcv3_function.report_worker_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false
}

resource "alicloud_cms_alarm" "report_trouble_rule" {
  name    = "nightly_report-default-report-trouble-${data.alicloud_regions.current.regions[0].id}"
  project = "acs_fc"
  metric  = "FunctionFunctionErrors"
  metric_dimensions = jsonencode([
    {
      userId       = data.alicloud_account.current.id
      region       = data.alicloud_regions.current.regions[0].id
      serviceName  = ""
      functionName = "nightly_report-default-report-worker"
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
    arn       = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.report_trouble_topic.topic_name}/messages"
    level     = "Critical"
  }
}

resource "terraform_data" "report_trouble_targets" {
  input = alicloud_cms_alarm.report_trouble_rule.id
}

resource "alicloud_ram_role" "report_trouble_invoker_role" {
  role_name = "nightly-report--default--report--trouble--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "report.trouble"
  }
}

resource "alicloud_ram_policy" "report_trouble_invoker_role" {
  policy_name = "nightly-report--default--report--trouble--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/nightly_report-default-letters-sender"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "report_trouble_invoker_role" {
  policy_name = alicloud_ram_policy.report_trouble_invoker_role.policy_name
  policy_type = alicloud_ram_policy.report_trouble_invoker_role.type
  role_name   = alicloud_ram_role.report_trouble_invoker_role.role_name
}

resource "alicloud_message_service_topic" "report_trouble_topic" {
  topic_name       = "nightly-report--default--report--trouble--alarm"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "report.trouble"
  }
}

resource "alicloud_fcv3_trigger" "report_trouble_to_letters_sender_trigger" {
  function_name   = alicloud_fcv3_function.letters_sender_function.function_name
  trigger_name    = "report-trouble-alarm"
  trigger_type    = "mns_topic"
  qualifier       = "LATEST"
  source_arn      = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.report_trouble_topic.topic_name}"
  invocation_role = alicloud_ram_role.report_trouble_invoker_role.arn
  trigger_config = jsonencode({
    notifyContentFormat = "JSON"
    notifyStrategy      = "EXPONENTIAL_DECAY_RETRY"
  })
  depends_on = [alicloud_ram_role_policy_attachment.report_trouble_invoker_role]
}

resource "alicloud_oos_secret_parameter" "letters_key_secret" {
  secret_parameter_name = "nightly_report-default-letters-key"
  value                 = var.mail_password
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "letters.key"
  }
}

resource "alicloud_log_store" "letters_sender_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "nightly_report-default-letters-sender"
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
  role_name = "nightly-report--default--letters--sender-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "letters.sender"
  }
}

resource "alicloud_ram_policy" "letters_sender_role" {
  policy_name = "nightly-report--default--letters--sender-${data.alicloud_regions.current.regions[0].id}"
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
  function_name        = "nightly_report-default-letters-sender"
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
    PREFIX                  = "sales"
    MAIL_SERVER             = var.mail_server
    MAIL_PORT               = "465"
    MAIL_USER               = var.mail_user
    MAIL_FROM               = var.mail_user
    MAIL_TO                 = var.readers
  }
  role = alicloud_ram_role.letters_sender_role.arn
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "letters.sender"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "nightly_report/letters-sender-3037b7104d59.zip"
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
