# Made by Virga from the app thumbnails, stage default. Change the .virga file, not this one.

# Makes pictures small

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "thumbnails--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "thumbnails"
    "virga:stage" = "default"
  }
}

resource "alicloud_oss_bucket" "uploads_bucket" {
  bucket          = "thumbnails--default--uploads-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = true
  tags = {
    "virga:app"   = "thumbnails"
    "virga:stage" = "default"
    "virga:node"  = "uploads"
  }

  server_side_encryption_rule {
    sse_algorithm = "AES256"
  }

  lifecycle_rule {
    id      = "expire"
    prefix  = ""
    enabled = true

    expiration {
      days = 7
    }
  }

  lifecycle {
    prevent_destroy = false
  }
}

resource "alicloud_oss_bucket_acl" "uploads_bucket" {
  bucket     = alicloud_oss_bucket.uploads_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.uploads_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "uploads_bucket" {
  bucket              = alicloud_oss_bucket.uploads_bucket.bucket
  block_public_access = true
}

resource "alicloud_ram_role" "uploads_invoker_role" {
  role_name = "thumbnails--default--uploads--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "thumbnails"
    "virga:stage" = "default"
    "virga:node"  = "uploads"
  }
}

resource "alicloud_ram_policy" "uploads_invoker_role" {
  policy_name = "thumbnails--default--uploads--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/thumbnails-default-shrink"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "uploads_invoker_role" {
  policy_name = alicloud_ram_policy.uploads_invoker_role.policy_name
  policy_type = alicloud_ram_policy.uploads_invoker_role.type
  role_name   = alicloud_ram_role.uploads_invoker_role.role_name
}

resource "alicloud_fcv3_trigger" "uploads_created_to_shrink_trigger" {
  function_name   = alicloud_fcv3_function.shrink_function.function_name
  trigger_name    = "uploads-created"
  trigger_type    = "oss"
  qualifier       = "LATEST"
  source_arn      = "acs:oss:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:${alicloud_oss_bucket.uploads_bucket.bucket}"
  invocation_role = alicloud_ram_role.uploads_invoker_role.arn
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
        prefix = "raw/"
        suffix = ".png"
      }
    }
  })
  depends_on = [alicloud_ram_role_policy_attachment.uploads_invoker_role]
}

resource "alicloud_oss_bucket" "small_bucket" {
  bucket          = "thumbnails--default--small-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "thumbnails"
    "virga:stage" = "default"
    "virga:node"  = "small"
  }

  server_side_encryption_rule {
    sse_algorithm = "AES256"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oss_bucket_acl" "small_bucket" {
  bucket     = alicloud_oss_bucket.small_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.small_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "small_bucket" {
  bucket              = alicloud_oss_bucket.small_bucket.bucket
  block_public_access = true
}

resource "alicloud_oss_bucket_cors" "small_bucket" {
  bucket        = alicloud_oss_bucket.small_bucket.bucket
  response_vary = true

  cors_rule {
    allowed_origins = ["https://example.com"]
    allowed_methods = ["GET"]
    allowed_headers = ["content-type", "authorization"]
    expose_header   = []
    max_age_seconds = 600
  }
}

resource "alicloud_log_store" "shrink_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "thumbnails-default-shrink"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "shrink_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.shrink_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "shrink_role" {
  role_name = "thumbnails--default--shrink-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "thumbnails"
    "virga:stage" = "default"
    "virga:node"  = "shrink"
  }
}

resource "alicloud_ram_policy" "shrink_role" {
  policy_name = "thumbnails--default--shrink-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.shrink_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:GetObject"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.uploads_bucket.bucket}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:ListObjects"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.uploads_bucket.bucket}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:PutObject", "oss:DeleteObject", "oss:AbortMultipartUpload"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.small_bucket.bucket}/*"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "shrink_role" {
  policy_name = alicloud_ram_policy.shrink_role.policy_name
  policy_type = alicloud_ram_policy.shrink_role.type
  role_name   = alicloud_ram_role.shrink_role.role_name
}

resource "alicloud_fcv3_function" "shrink_function" {
  function_name        = "thumbnails-default-shrink"
  runtime              = "python3.12"
  handler              = "shrink.handler"
  memory_size          = 1024
  cpu                  = 0.25
  disk_size            = 512
  timeout              = 60
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    UPLOADS_BUCKET_NAME     = alicloud_oss_bucket.uploads_bucket.bucket
    UPLOADS_BUCKET_ENDPOINT = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
    SMALL_BUCKET_NAME       = alicloud_oss_bucket.small_bucket.bucket
    SMALL_BUCKET_ENDPOINT   = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
    WIDTHS                  = "64,256"
  }
  role = alicloud_ram_role.shrink_role.arn
  tags = {
    "virga:app"   = "thumbnails"
    "virga:stage" = "default"
    "virga:node"  = "shrink"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "thumbnails/shrink-704360917524.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.shrink_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.shrink_role]
}

resource "alicloud_fcv3_async_invoke_config" "shrink_async_config" {
  function_name                  = alicloud_fcv3_function.shrink_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false
}
