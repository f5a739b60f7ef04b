# Made by Virga from the app image_pipeline, stage default. Change the .virga file, not this one.

# A gallery

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "image-pipeline--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
  }
}

resource "alicloud_oss_bucket" "gallery_originals_bucket" {
  bucket          = "image-pipeline--default-162891-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "gallery.originals"
  }

  server_side_encryption_rule {
    sse_algorithm = "AES256"
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

resource "alicloud_oss_bucket_acl" "gallery_originals_bucket" {
  bucket     = alicloud_oss_bucket.gallery_originals_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.gallery_originals_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "gallery_originals_bucket" {
  bucket              = alicloud_oss_bucket.gallery_originals_bucket.bucket
  block_public_access = true
}

resource "alicloud_oss_bucket_cors" "gallery_originals_bucket" {
  bucket        = alicloud_oss_bucket.gallery_originals_bucket.bucket
  response_vary = true

  cors_rule {
    allowed_origins = ["https://gallery.example.com"]
    allowed_methods = ["GET", "PUT"]
    allowed_headers = ["content-type", "authorization"]
    expose_header   = []
    max_age_seconds = 600
  }
}

resource "alicloud_ram_role" "gallery_originals_invoker_role" {
  role_name = "image-pipeline--default--gallery--original-fd72eb-${data.alicloud_regions.current.regions[0].id}"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["oss.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "gallery.originals"
  }
}

resource "alicloud_ram_policy" "gallery_originals_invoker_role" {
  policy_name = "image-pipeline--default--gallery--original-fd72eb-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/image_pipeline-default-gallery-scaler"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "gallery_originals_invoker_role" {
  policy_name = alicloud_ram_policy.gallery_originals_invoker_role.policy_name
  policy_type = alicloud_ram_policy.gallery_originals_invoker_role.type
  role_name   = alicloud_ram_role.gallery_originals_invoker_role.role_name
}

resource "alicloud_fcv3_trigger" "gallery_originals_created_to_gallery_scaler_trigger" {
  function_name   = alicloud_fcv3_function.gallery_scaler_function.function_name
  trigger_name    = "gallery-originals-created"
  trigger_type    = "oss"
  qualifier       = "LATEST"
  source_arn      = "acs:oss:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:${alicloud_oss_bucket.gallery_originals_bucket.bucket}"
  invocation_role = alicloud_ram_role.gallery_originals_invoker_role.arn
  trigger_config = jsonencode({
    events = [
      "oss:ObjectCreated:PutObject",
      "oss:ObjectCreated:PostObject",
      "oss:ObjectCreated:CopyObject",
      "oss:ObjectCreated:AppendObject",
      "oss:ObjectCreated:CompleteMultipartUpload",
    ]
    filter = {
      key = {
        prefix = ""
        suffix = ".ppm"
      }
    }
  })
  depends_on = [alicloud_ram_role_policy_attachment.gallery_originals_invoker_role]
}

resource "alicloud_oss_bucket" "gallery_pictures_bucket" {
  bucket          = "image-pipeline--default-ade3ce-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "gallery.pictures"
  }

  server_side_encryption_rule {
    sse_algorithm = "AES256"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oss_bucket_acl" "gallery_pictures_bucket" {
  bucket     = alicloud_oss_bucket.gallery_pictures_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.gallery_pictures_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "gallery_pictures_bucket" {
  bucket              = alicloud_oss_bucket.gallery_pictures_bucket.bucket
  block_public_access = true
}

resource "alicloud_oss_bucket_cors" "gallery_pictures_bucket" {
  bucket        = alicloud_oss_bucket.gallery_pictures_bucket.bucket
  response_vary = true

  cors_rule {
    allowed_origins = ["https://gallery.example.com"]
    allowed_methods = ["GET", "PUT"]
    allowed_headers = ["content-type", "authorization"]
    expose_header   = []
    max_age_seconds = 600
  }
}

resource "alicloud_log_store" "gallery_scaler_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "image_pipeline-default-gallery-scaler"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "gallery_scaler_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.gallery_scaler_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "gallery_scaler_role" {
  role_name = "image-pipeline--default--gallery--scaler-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "gallery.scaler"
  }
}

resource "alicloud_ram_policy" "gallery_scaler_role" {
  policy_name = "image-pipeline--default--gallery--scaler-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.gallery_scaler_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/image_pipeline-default-told-sender"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:GetObject"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.gallery_originals_bucket.bucket}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:ListObjects"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.gallery_originals_bucket.bucket}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:PutObject", "oss:DeleteObject", "oss:AbortMultipartUpload"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.gallery_pictures_bucket.bucket}/*"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "gallery_scaler_role" {
  policy_name = alicloud_ram_policy.gallery_scaler_role.policy_name
  policy_type = alicloud_ram_policy.gallery_scaler_role.type
  role_name   = alicloud_ram_role.gallery_scaler_role.role_name
}

resource "alicloud_fcv3_function" "gallery_scaler_function" {
  function_name        = "image_pipeline-default-gallery-scaler"
  runtime              = "python3.12"
  handler              = "scale.handler"
  memory_size          = 1024
  cpu                  = 0.25
  disk_size            = 512
  timeout              = 60
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    GALLERY_ORIGINALS_BUCKET_NAME     = alicloud_oss_bucket.gallery_originals_bucket.bucket
    GALLERY_ORIGINALS_BUCKET_ENDPOINT = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
    GALLERY_PICTURES_BUCKET_NAME      = alicloud_oss_bucket.gallery_pictures_bucket.bucket
    GALLERY_PICTURES_BUCKET_ENDPOINT  = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
    WIDTHS                            = "64,512"
  }
  role = alicloud_ram_role.gallery_scaler_role.arn
  tags = {
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "gallery.scaler"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "image_pipeline/gallery-scaler-b814d89368ef.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.gallery_scaler_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.gallery_scaler_role]
}

resource "alicloud_fcv3_async_invoke_config" "gallery_scaler_async_config" {
  function_name                  = alicloud_fcv3_function.gallery_scaler_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false

  destination_config {
    on_failure {
      destination = "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/image_pipeline-default-told-sender"
    }
  }

  depends_on = [alicloud_fcv3_function.told_sender_function]
}

resource "alicloud_oos_secret_parameter" "told_key_secret" {
  secret_parameter_name = "image_pipeline-default-told-key"
  value                 = var.slack_webhook
  tags = {
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "told.key"
  }
}

resource "alicloud_log_store" "told_sender_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "image_pipeline-default-told-sender"
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
  role_name = "image-pipeline--default--told--sender-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "alicloud_ram_policy" "told_sender_role" {
  policy_name = "image-pipeline--default--told--sender-${data.alicloud_regions.current.regions[0].id}"
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
  function_name        = "image_pipeline-default-told-sender"
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
    PREFIX               = "gallery"
  }
  role = alicloud_ram_role.told_sender_role.arn
  tags = {
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "image_pipeline/told-sender-3037b7104d59.zip"
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
