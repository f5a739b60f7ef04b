# Made by Virga from the app docs_site, stage default. Change the .virga file, not this one.

# Documentation hub

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "docs-site--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
  }
}

resource "alicloud_fcv3_trigger" "nightly_to_sync_timer" {
  function_name = alicloud_fcv3_function.sync_function.function_name
  trigger_name  = "nightly"
  trigger_type  = "timer"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    cronExpression = "CRON_TZ=Asia/Shanghai 0 0 3 * * *"
    enable         = true
    payload        = "{\"event\":\"nightly\"}"
  })
}

resource "alicloud_log_store" "sync_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "docs_site-default-sync"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "sync_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.sync_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "sync_role" {
  role_name = "docs-site--default--sync-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "sync"
  }
}

resource "alicloud_ram_policy" "sync_role" {
  policy_name = "docs-site--default--sync-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.sync_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oos:GetParameter"]
        Resource = ["acs:oos:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:parameter/${alicloud_oos_parameter.repositories_config.parameter_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:PutObject", "oss:DeleteObject", "oss:AbortMultipartUpload"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.pages_bucket.bucket}/*"]
      },
      {
        Effect = "Allow"
        Action = ["fc:InvokeFunction"]
        Resource = [
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/docs_site-default-told-sender",
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/docs_site-default-letters-sender",
        ]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "sync_role" {
  policy_name = alicloud_ram_policy.sync_role.policy_name
  policy_type = alicloud_ram_policy.sync_role.type
  role_name   = alicloud_ram_role.sync_role.role_name
}

resource "alicloud_fcv3_function" "sync_function" {
  function_name        = "docs_site-default-sync"
  runtime              = "python3.12"
  handler              = "sync.handler"
  memory_size          = 1024
  cpu                  = 0.25
  disk_size            = 512
  timeout              = 600
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    REPOSITORIES_CONFIG_NAME = alicloud_oos_parameter.repositories_config.parameter_name
    PAGES_BUCKET_NAME        = alicloud_oss_bucket.pages_bucket.bucket
    PAGES_BUCKET_ENDPOINT    = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
  }
  role = alicloud_ram_role.sync_role.arn
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "sync"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "docs_site/sync-d02961c79de4.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.sync_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.sync_role]
}

resource "alicloud_fcv3_async_invoke_config" "sync_async_config" {
  function_name                  = alicloud_fcv3_function.sync_function.function_name
  max_async_retry_attempts       = 3
  max_async_event_age_in_seconds = 21600
  async_task                     = false

  destination_config {
    on_success {
      destination = "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/docs_site-default-told-sender"
    }

    on_failure {
      destination = "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/docs_site-default-letters-sender"
    }
  }

  depends_on = [alicloud_fcv3_function.letters_sender_function, alicloud_fcv3_function.told_sender_function]
}

resource "alicloud_oos_parameter" "repositories_config" {
  parameter_name = "docs_site-default-repositories"
  type           = "String"
  value          = "virga/handbook,virga/tutorials"
}

resource "alicloud_oss_bucket" "pages_bucket" {
  bucket          = "docs-site--default--pages-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "pages"
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
      days = tonumber(format("%.0f", var.keep_for / 86400))
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oss_bucket_acl" "pages_bucket" {
  bucket     = alicloud_oss_bucket.pages_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.pages_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "pages_bucket" {
  bucket              = alicloud_oss_bucket.pages_bucket.bucket
  block_public_access = true
}

resource "alicloud_api_gateway_group" "public_group" {
  name        = "docs_site-default-public"
  description = "virga:app=docs_site, virga:stage=default, virga:node=public"
}

resource "alicloud_ram_role" "public_invoker_role" {
  role_name = "docs-site--default--public--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "alicloud_ram_policy" "public_invoker_role" {
  policy_name = "docs-site--default--public--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/docs_site-default-reader"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "public_invoker_role" {
  policy_name = alicloud_ram_policy.public_invoker_role.policy_name
  policy_type = alicloud_ram_policy.public_invoker_role.type
  role_name   = alicloud_ram_role.public_invoker_role.role_name
}

resource "alicloud_log_store" "reader_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "docs_site-default-reader"
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
  role_name = "docs-site--default--reader-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }
}

resource "alicloud_ram_policy" "reader_role" {
  policy_name = "docs-site--default--reader-${data.alicloud_regions.current.regions[0].id}"
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
        Action   = ["oss:GetObject"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.pages_bucket.bucket}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:ListObjects"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.pages_bucket.bucket}"]
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
  function_name        = "docs_site-default-reader"
  runtime              = "python3.12"
  handler              = "reader.handler"
  memory_size          = 256
  cpu                  = 0.1
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    PAGES_BUCKET_NAME     = alicloud_oss_bucket.pages_bucket.bucket
    PAGES_BUCKET_ENDPOINT = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
  }
  role = alicloud_ram_role.reader_role.arn
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "docs_site/reader-d02961c79de4.zip"
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
  secret_parameter_name = "docs_site-default-hook-signing"
  value                 = var.github_secret
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "hook.signing"
  }
}

resource "alicloud_log_store" "hook_receiver_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "docs_site-default-hook-receiver"
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
  role_name = "docs-site--default--hook--receiver-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "hook.receiver"
  }
}

resource "alicloud_ram_policy" "hook_receiver_role" {
  policy_name = "docs-site--default--hook--receiver-${data.alicloud_regions.current.regions[0].id}"
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
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/docs_site-default-sync"]
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
  function_name        = "docs_site-default-hook-receiver"
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
    SYNC_FUNCTION_NAME       = "docs_site-default-sync"
    HOOK_SIGNING_SECRET_NAME = alicloud_oos_secret_parameter.hook_signing_secret.secret_parameter_name
    SIGNING_SECRET_NAME      = alicloud_oos_secret_parameter.hook_signing_secret.secret_parameter_name
    SIGNATURE_HEADER         = "x-hub-signature-256"
    SIGNATURE_ALGORITHM      = "sha256"
    EVENT_HEADER             = "x-github-event"
  }
  role = alicloud_ram_role.hook_receiver_role.arn
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "hook.receiver"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "docs_site/hook-receiver-3037b7104d59.zip"
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

resource "alicloud_oos_secret_parameter" "told_key_secret" {
  secret_parameter_name = "docs_site-default-told-key"
  value                 = var.dingtalk_token
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "told.key"
  }
}

resource "alicloud_log_store" "told_sender_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "docs_site-default-told-sender"
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
  role_name = "docs-site--default--told--sender-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "alicloud_ram_policy" "told_sender_role" {
  policy_name = "docs-site--default--told--sender-${data.alicloud_regions.current.regions[0].id}"
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
  function_name        = "docs_site-default-told-sender"
  description          = "Tells a DingTalk group"
  runtime              = "python3.12"
  handler              = "notify.dingtalk"
  memory_size          = 128
  cpu                  = 0.05
  disk_size            = 512
  timeout              = 30
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    TOLD_KEY_SECRET_NAME = alicloud_oos_secret_parameter.told_key_secret.secret_parameter_name
    CHANNEL_SECRET_NAME  = alicloud_oos_secret_parameter.told_key_secret.secret_parameter_name
    SIGN_SECRET_NAME     = ""
    PREFIX               = "docs"
  }
  role = alicloud_ram_role.told_sender_role.arn
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "docs_site/told-sender-3037b7104d59.zip"
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

resource "alicloud_oos_secret_parameter" "letters_key_secret" {
  secret_parameter_name = "docs_site-default-letters-key"
  value                 = var.mail_password
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "letters.key"
  }
}

resource "alicloud_log_store" "letters_sender_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "docs_site-default-letters-sender"
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
  role_name = "docs-site--default--letters--sender-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "letters.sender"
  }
}

resource "alicloud_ram_policy" "letters_sender_role" {
  policy_name = "docs-site--default--letters--sender-${data.alicloud_regions.current.regions[0].id}"
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
  function_name        = "docs_site-default-letters-sender"
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
    PREFIX                  = "docs"
    MAIL_SERVER             = "smtp.example.com"
    MAIL_PORT               = "465"
    MAIL_USER               = "docs@example.com"
    MAIL_FROM               = "docs@example.com"
    MAIL_TO                 = "docs-team@example.com"
  }
  role = alicloud_ram_role.letters_sender_role.arn
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "letters.sender"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "docs_site/letters-sender-3037b7104d59.zip"
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

resource "alicloud_ros_stack" "stack" {
  stack_name = "docs_site-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      PublicTraffic = {
        Type = "ALIYUN::ApiGateway::TrafficControl"
        Properties = {
          TrafficControlName = "docs_site-default-public"
          TrafficControlUnit = "MINUTE"
          ApiDefault         = 12000
        }
      }
      PublicTrafficBinding = {
        Type      = "ALIYUN::ApiGateway::TrafficControlBinding"
        DependsOn = ["PublicGetDocsPageToReaderDeployment"]
        Properties = {
          GroupId = alicloud_api_gateway_group.public_group.id
          ApiIds = [
            {
              "Fn::GetAtt" = ["PublicGetDocsPageToReaderApi", "ApiId"]
            },
          ]
          StageName = "RELEASE"
          TrafficControlId = {
            "Fn::GetAtt" = ["PublicTraffic", "TrafficControlId"]
          }
        }
      }
      PublicGetDocsPageToReaderApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.public_group.id
          ApiName    = "docs_site-default-public-GET_docs__page-209751"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "GET"
            RequestPath       = "/docs/*"
            RequestMode       = "PASSTHROUGH"
          }
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = data.alicloud_regions.current.regions[0].id
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.reader_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.public_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "docs_site"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "public"
            },
          ]
        }
      }
      PublicGetDocsPageToReaderDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.public_group.id
          ApiId = {
            "Fn::GetAtt" = ["PublicGetDocsPageToReaderApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "727b13a243cf"
        }
      }
    }
  })
  depends_on = [alicloud_ram_role_policy_attachment.public_invoker_role]
}
