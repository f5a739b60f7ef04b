# Made by Virga from the app cd_builds, stage default. Change the .virga file, not this one.

# Builds what is pushed

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_ots_instance" "table_instance" {
  name          = "cd-builds-444cce"
  instance_type = "HighPerformance"
  accessed_by   = "Any"
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_project" "log_project" {
  project_name = "cd-builds--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
  }
}

resource "alicloud_fcv3_trigger" "weekly_to_builds_build_worker_timer" {
  function_name = alicloud_fcv3_function.builds_build_worker_function.function_name
  trigger_name  = "weekly"
  trigger_type  = "timer"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    cronExpression = "CRON_TZ=Asia/Shanghai 0 0 1 * * SUN"
    enable         = true
    payload        = "{\"event\":\"push\",\"payload\":{\"repository\":{\"full_name\":\"example/tools\"},\"after\":\"main\"}}"
  })
}

resource "alicloud_ots_table" "history_table" {
  instance_name = alicloud_ots_instance.table_instance.name
  table_name    = "cd_builds__default__history"
  max_version   = 1
  time_to_live  = 31536000

  primary_key {
    name = "repository"
    type = "String"
  }

  primary_key {
    name = "commit"
    type = "String"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_log_store" "record_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "cd_builds-default-record"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "record_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.record_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "record_role" {
  role_name = "cd-builds--default--record-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "record"
  }
}

resource "alicloud_ram_policy" "record_role" {
  policy_name = "cd-builds--default--record-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.record_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["ots:PutRow", "ots:UpdateRow", "ots:DeleteRow", "ots:BatchWriteRow"]
        Resource = ["acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.history_table.table_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "record_role" {
  policy_name = alicloud_ram_policy.record_role.policy_name
  policy_type = alicloud_ram_policy.record_role.type
  role_name   = alicloud_ram_role.record_role.role_name
}

resource "alicloud_fcv3_function" "record_function" {
  function_name        = "cd_builds-default-record"
  runtime              = "python3.12"
  handler              = "record.handler"
  memory_size          = 256
  cpu                  = 0.1
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    HISTORY_TABLE_NAME     = alicloud_ots_table.history_table.table_name
    HISTORY_TABLE_INSTANCE = alicloud_ots_instance.table_instance.name
    HISTORY_TABLE_ENDPOINT = "https://${alicloud_ots_instance.table_instance.name}.${data.alicloud_regions.current.regions[0].id}.ots.aliyuncs.com"
  }
  role = alicloud_ram_role.record_role.arn
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "record"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "cd_builds/record-fd3db31260c1.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.record_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.record_role]
}

resource "alicloud_fcv3_async_invoke_config" "record_async_config" {
  function_name                  = alicloud_fcv3_function.record_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false
}

resource "alicloud_api_gateway_group" "status_group" {
  name        = "cd_builds-default-status"
  description = "virga:app=cd_builds, virga:stage=default, virga:node=status"
}

resource "alicloud_ram_role" "status_invoker_role" {
  role_name = "cd-builds--default--status--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "status"
  }
}

resource "alicloud_ram_policy" "status_invoker_role" {
  policy_name = "cd-builds--default--status--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/cd_builds-default-reader"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "status_invoker_role" {
  policy_name = alicloud_ram_policy.status_invoker_role.policy_name
  policy_type = alicloud_ram_policy.status_invoker_role.type
  role_name   = alicloud_ram_role.status_invoker_role.role_name
}

resource "alicloud_log_store" "reader_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "cd_builds-default-reader"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "reader_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.reader_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "reader_role" {
  role_name = "cd-builds--default--reader-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }
}

resource "alicloud_ram_policy" "reader_role" {
  policy_name = "cd-builds--default--reader-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.reader_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["ots:GetRow", "ots:GetRange", "ots:BatchGetRow"]
        Resource = ["acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.history_table.table_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "reader_role" {
  policy_name = alicloud_ram_policy.reader_role.policy_name
  policy_type = alicloud_ram_policy.reader_role.type
  role_name   = alicloud_ram_role.reader_role.role_name
}

resource "alicloud_fcv3_function" "reader_function" {
  function_name        = "cd_builds-default-reader"
  runtime              = "python3.12"
  handler              = "status.handler"
  memory_size          = 256
  cpu                  = 0.1
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    HISTORY_TABLE_NAME     = alicloud_ots_table.history_table.table_name
    HISTORY_TABLE_INSTANCE = alicloud_ots_instance.table_instance.name
    HISTORY_TABLE_ENDPOINT = "https://${alicloud_ots_instance.table_instance.name}.${data.alicloud_regions.current.regions[0].id}.ots.aliyuncs.com"
  }
  role = alicloud_ram_role.reader_role.arn
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "cd_builds/reader-fd3db31260c1.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.reader_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.reader_role]
}

resource "alicloud_oos_secret_parameter" "hook_signing_secret" {
  secret_parameter_name = "cd_builds-default-hook-signing"
  value                 = var.git_secret
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "hook.signing"
  }
}

resource "alicloud_log_store" "hook_receiver_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "cd_builds-default-hook-receiver"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "hook_receiver_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.hook_receiver_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "hook_receiver_role" {
  role_name = "cd-builds--default--hook--receiver-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "hook.receiver"
  }
}

resource "alicloud_ram_policy" "hook_receiver_role" {
  policy_name = "cd-builds--default--hook--receiver-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.hook_receiver_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/cd_builds-default-builds-build-worker"]
      },
      {
        Effect   = "Allow"
        Action   = ["oos:GetSecretParameter"]
        Resource = ["acs:oos:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secretparameter/${alicloud_oos_secret_parameter.hook_signing_secret.secret_parameter_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:GetSecretValue"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secret/oos/${alicloud_oos_secret_parameter.hook_signing_secret.secret_parameter_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "hook_receiver_role" {
  policy_name = alicloud_ram_policy.hook_receiver_role.policy_name
  policy_type = alicloud_ram_policy.hook_receiver_role.type
  role_name   = alicloud_ram_role.hook_receiver_role.role_name
}

resource "alicloud_fcv3_function" "hook_receiver_function" {
  function_name        = "cd_builds-default-hook-receiver"
  description          = "Checks a signature and hands over"
  runtime              = "python3.12"
  handler              = "webhook.handler"
  memory_size          = 256
  cpu                  = 0.1
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    BUILDS_BUILD_WORKER_FUNCTION_NAME = "cd_builds-default-builds-build-worker"
    HOOK_SIGNING_SECRET_NAME          = alicloud_oos_secret_parameter.hook_signing_secret.secret_parameter_name
    SIGNING_SECRET_NAME               = alicloud_oos_secret_parameter.hook_signing_secret.secret_parameter_name
    SIGNATURE_HEADER                  = "x-hub-signature-256"
    SIGNATURE_ALGORITHM               = "sha256"
    EVENT_HEADER                      = "x-github-event"
  }
  role = alicloud_ram_role.hook_receiver_role.arn
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "hook.receiver"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "cd_builds/hook-receiver-3037b7104d59.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.hook_receiver_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.hook_receiver_role]
}

resource "alicloud_fcv3_trigger" "hook_receiver_http_trigger" {
  function_name = alicloud_fcv3_function.hook_receiver_function.function_name
  trigger_name  = "http"
  trigger_type  = "http"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    authType           = "anonymous"
    disableURLInternet = false
    methods            = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"]
  })
}

resource "alicloud_oss_bucket" "builds_artifacts_bucket" {
  bucket          = "cd-builds--default--buil-e9ba28-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.artifacts"
  }

  server_side_encryption_rule {
    sse_algorithm = "AES256"
  }

  versioning {
    status = "Enabled"
  }

  lifecycle_rule {
    id      = "expire"
    prefix  = ""
    enabled = true

    expiration {
      days = 30
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oss_bucket_acl" "builds_artifacts_bucket" {
  bucket     = alicloud_oss_bucket.builds_artifacts_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.builds_artifacts_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "builds_artifacts_bucket" {
  bucket              = alicloud_oss_bucket.builds_artifacts_bucket.bucket
  block_public_access = true
}

resource "alicloud_message_service_topic" "builds_succeeded_topic" {
  topic_name       = "cd-builds--default--builds--succeeded"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.succeeded"
  }
}

resource "alicloud_ram_role" "builds_succeeded_invoker_role" {
  role_name = "cd-builds--default--builds--succeeded--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.succeeded"
  }
}

resource "alicloud_ram_policy" "builds_succeeded_invoker_role" {
  policy_name = "cd-builds--default--builds--succeeded--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/cd_builds-default-record"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "builds_succeeded_invoker_role" {
  policy_name = alicloud_ram_policy.builds_succeeded_invoker_role.policy_name
  policy_type = alicloud_ram_policy.builds_succeeded_invoker_role.type
  role_name   = alicloud_ram_role.builds_succeeded_invoker_role.role_name
}

resource "alicloud_fcv3_trigger" "builds_succeeded_to_record_trigger" {
  function_name   = alicloud_fcv3_function.record_function.function_name
  trigger_name    = "builds-succeeded"
  trigger_type    = "mns_topic"
  qualifier       = "LATEST"
  source_arn      = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.builds_succeeded_topic.topic_name}"
  invocation_role = alicloud_ram_role.builds_succeeded_invoker_role.arn
  trigger_config = jsonencode({
    notifyContentFormat = "JSON"
    notifyStrategy      = "EXPONENTIAL_DECAY_RETRY"
  })
  depends_on = [alicloud_ram_role_policy_attachment.builds_succeeded_invoker_role]
}

resource "alicloud_message_service_topic" "builds_failed_topic" {
  topic_name       = "cd-builds--default--builds--failed"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.failed"
  }
}

resource "alicloud_ram_role" "builds_failed_invoker_role" {
  role_name = "cd-builds--default--builds--failed--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.failed"
  }
}

resource "alicloud_ram_policy" "builds_failed_invoker_role" {
  policy_name = "cd-builds--default--builds--failed--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = ["fc:InvokeFunction"]
        Resource = [
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/cd_builds-default-record",
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/cd_builds-default-told-sender",
        ]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "builds_failed_invoker_role" {
  policy_name = alicloud_ram_policy.builds_failed_invoker_role.policy_name
  policy_type = alicloud_ram_policy.builds_failed_invoker_role.type
  role_name   = alicloud_ram_role.builds_failed_invoker_role.role_name
}

resource "alicloud_fcv3_trigger" "builds_failed_to_record_trigger" {
  function_name   = alicloud_fcv3_function.record_function.function_name
  trigger_name    = "builds-failed"
  trigger_type    = "mns_topic"
  qualifier       = "LATEST"
  source_arn      = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.builds_failed_topic.topic_name}"
  invocation_role = alicloud_ram_role.builds_failed_invoker_role.arn
  trigger_config = jsonencode({
    notifyContentFormat = "JSON"
    notifyStrategy      = "EXPONENTIAL_DECAY_RETRY"
  })
  depends_on = [alicloud_ram_role_policy_attachment.builds_failed_invoker_role]
}

resource "alicloud_fcv3_trigger" "builds_failed_to_told_sender_trigger" {
  function_name   = alicloud_fcv3_function.told_sender_function.function_name
  trigger_name    = "builds-failed"
  trigger_type    = "mns_topic"
  qualifier       = "LATEST"
  source_arn      = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.builds_failed_topic.topic_name}"
  invocation_role = alicloud_ram_role.builds_failed_invoker_role.arn
  trigger_config = jsonencode({
    notifyContentFormat = "JSON"
    notifyStrategy      = "EXPONENTIAL_DECAY_RETRY"
  })
  depends_on = [alicloud_ram_role_policy_attachment.builds_failed_invoker_role]
}

resource "alicloud_log_store" "builds_build_worker_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "cd_builds-default-builds-build-worker"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "builds_build_worker_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.builds_build_worker_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "builds_build_worker_role" {
  role_name = "cd-builds--default--builds--build--worker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.build.worker"
  }
}

resource "alicloud_ram_policy" "builds_build_worker_role" {
  policy_name = "cd-builds--default--builds--build--worker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.builds_build_worker_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:GetObject"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.builds_artifacts_bucket.bucket}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:ListObjects"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.builds_artifacts_bucket.bucket}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:PutObject", "oss:DeleteObject", "oss:AbortMultipartUpload"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.builds_artifacts_bucket.bucket}/*"]
      },
      {
        Effect = "Allow"
        Action = ["mns:PublishMessage"]
        Resource = [
          "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.builds_succeeded_topic.topic_name}/messages",
          "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.builds_failed_topic.topic_name}/messages",
        ]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "builds_build_worker_role" {
  policy_name = alicloud_ram_policy.builds_build_worker_role.policy_name
  policy_type = alicloud_ram_policy.builds_build_worker_role.type
  role_name   = alicloud_ram_role.builds_build_worker_role.role_name
}

resource "alicloud_fcv3_function" "builds_build_worker_function" {
  function_name        = "cd_builds-default-builds-build-worker"
  description          = "Builds"
  runtime              = "python3.12"
  handler              = "build.handler"
  memory_size          = 8192
  cpu                  = 4
  disk_size            = 10240
  timeout              = 86400
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    BUILDS_ARTIFACTS_BUCKET_NAME     = alicloud_oss_bucket.builds_artifacts_bucket.bucket
    BUILDS_ARTIFACTS_BUCKET_ENDPOINT = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
  }
  role = alicloud_ram_role.builds_build_worker_role.arn
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.build.worker"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "cd_builds/builds-build-worker-fd3db31260c1.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.builds_build_worker_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.builds_build_worker_role]
}

resource "alicloud_fcv3_concurrency_config" "builds_build_worker_concurrency" {
  function_name        = alicloud_fcv3_function.builds_build_worker_function.function_name
  reserved_concurrency = 20
}

resource "alicloud_oos_secret_parameter" "told_key_secret" {
  secret_parameter_name = "cd_builds-default-told-key"
  value                 = var.slack_webhook
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "told.key"
  }
}

resource "alicloud_log_store" "told_sender_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "cd_builds-default-told-sender"
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
  role_name = "cd-builds--default--told--sender-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "alicloud_ram_policy" "told_sender_role" {
  policy_name = "cd-builds--default--told--sender-${data.alicloud_regions.current.regions[0].id}"
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
  function_name        = "cd_builds-default-told-sender"
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
    PREFIX               = "builds"
  }
  role = alicloud_ram_role.told_sender_role.arn
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "cd_builds/told-sender-3037b7104d59.zip"
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

resource "alicloud_ros_stack" "stack" {
  stack_name = "cd_builds-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      CallersReleasePageApp = {
        Type = "ALIYUN::ApiGateway::App"
        Properties = {
          AppName = "cd_builds-default-c-f4c340"
          Tags = [
            {
              Key   = "virga:app"
              Value = "cd_builds"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "callers"
            },
          ]
        }
      }
      CallersChatApp = {
        Type = "ALIYUN::ApiGateway::App"
        Properties = {
          AppName = "cd_builds-default-c-d8d629"
          Tags = [
            {
              Key   = "virga:app"
              Value = "cd_builds"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "callers"
            },
          ]
        }
      }
      CallersStatusAuthorization = {
        Type      = "ALIYUN::ApiGateway::Authorization"
        DependsOn = ["StatusGetBuildsOwnerRepositoryCommitToReaderDeployment"]
        Properties = {
          GroupId = alicloud_api_gateway_group.status_group.id
          ApiIds = [
            {
              "Fn::GetAtt" = ["StatusGetBuildsOwnerRepositoryCommitToReaderApi", "ApiId"]
            },
          ]
          AppIds = [
            {
              "Fn::GetAtt" = ["CallersReleasePageApp", "AppId"]
            },
            {
              "Fn::GetAtt" = ["CallersChatApp", "AppId"]
            },
          ]
          StageName = "RELEASE"
        }
      }
      StatusGetBuildsOwnerRepositoryCommitToReaderApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId         = alicloud_api_gateway_group.status_group.id
          ApiName         = "cd_builds-default-status-GET_builds__owner-33c70e"
          Visibility      = "PRIVATE"
          AuthType        = "APP"
          AppCodeAuthType = "HEADER"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "GET"
            RequestPath       = "/builds/[owner]/[repository]/[commit]"
            RequestMode       = "PASSTHROUGH"
          }
          RequestParameters = [
            {
              ApiParameterName = "owner"
              Location         = "PATH"
              ParameterType    = "String"
              Required         = "REQUIRED"
            },
            {
              ApiParameterName = "repository"
              Location         = "PATH"
              ParameterType    = "String"
              Required         = "REQUIRED"
            },
            {
              ApiParameterName = "commit"
              Location         = "PATH"
              ParameterType    = "String"
              Required         = "REQUIRED"
            },
          ]
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = data.alicloud_regions.current.regions[0].id
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.reader_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.status_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "cd_builds"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "status"
            },
          ]
        }
      }
      StatusGetBuildsOwnerRepositoryCommitToReaderDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.status_group.id
          ApiId = {
            "Fn::GetAtt" = ["StatusGetBuildsOwnerRepositoryCommitToReaderApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "5583381d8985"
        }
      }
      BuildsBuildWorkerAsyncConfig = {
        Type = "ALIYUN::FC3::AsyncInvokeConfig"
        Properties = {
          FunctionName              = alicloud_fcv3_function.builds_build_worker_function.function_name
          MaxAsyncRetryAttempts     = 3
          MaxAsyncEventAgeInSeconds = 604800
          AsyncTask                 = false
          DestinationConfig = {
            OnSuccess = {
              Destination = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.builds_succeeded_topic.topic_name}/messages"
            }
            OnFailure = {
              Destination = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.builds_failed_topic.topic_name}/messages"
            }
          }
        }
      }
    }
  })
  depends_on = [alicloud_ram_role_policy_attachment.status_invoker_role]
}
