# Made by Virga from the app async_job, stage default. Change the .virga file, not this one.

# Reports that nobody waits for

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "async-job--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "async_job"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_store" "ask_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "async_job-default-ask"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "ask_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.ask_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "ask_role" {
  role_name = "async-job--default--ask-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "ask"
  }
}

resource "alicloud_ram_policy" "ask_role" {
  policy_name = "async-job--default--ask-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.ask_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/async_job-default-report-worker"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "ask_role" {
  policy_name = alicloud_ram_policy.ask_role.policy_name
  policy_type = alicloud_ram_policy.ask_role.type
  role_name   = alicloud_ram_role.ask_role.role_name
}

resource "alicloud_fcv3_function" "ask_function" {
  function_name        = "async_job-default-ask"
  runtime              = "python3.12"
  handler              = "ask.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    REPORT_WORKER_FUNCTION_NAME = "async_job-default-report-worker"
  }
  role = alicloud_ram_role.ask_role.arn
  tags = {
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "ask"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "async_job/ask-ce992a21ada4.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.ask_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.ask_role]
}

resource "alicloud_fcv3_trigger" "ask_http_trigger" {
  function_name = alicloud_fcv3_function.ask_function.function_name
  trigger_name  = "http"
  trigger_type  = "http"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    authType           = "anonymous"
    disableURLInternet = false
    methods            = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"]
  })
}

resource "alicloud_oss_bucket" "reports_bucket" {
  bucket          = "async-job--default--reports-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "reports"
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

resource "alicloud_oss_bucket_acl" "reports_bucket" {
  bucket     = alicloud_oss_bucket.reports_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.reports_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "reports_bucket" {
  bucket              = alicloud_oss_bucket.reports_bucket.bucket
  block_public_access = true
}

resource "alicloud_message_service_topic" "ready_topic" {
  topic_name       = "async-job--default--ready"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "ready"
  }
}

resource "alicloud_message_service_queue" "failed_queue" {
  queue_name               = "async-job--default--failed"
  visibility_timeout       = 60
  delay_seconds            = 0
  message_retention_period = 604800
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "failed"
  }
}

resource "alicloud_log_store" "report_worker_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "async_job-default-report-worker"
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
  role_name = "async-job--default--report--worker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "report.worker"
  }
}

resource "alicloud_ram_policy" "report_worker_role" {
  policy_name = "async-job--default--report--worker-${data.alicloud_regions.current.regions[0].id}"
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
        Action   = ["oss:PutObject", "oss:DeleteObject", "oss:AbortMultipartUpload"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.reports_bucket.bucket}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["mns:PublishMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.ready_topic.topic_name}/messages"]
      },
      {
        Effect   = "Allow"
        Action   = ["mns:SendMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.failed_queue.queue_name}/messages"]
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
  function_name        = "async_job-default-report-worker"
  runtime              = "python3.12"
  handler              = "report.handler"
  memory_size          = 1024
  cpu                  = 0.25
  disk_size            = 512
  timeout              = 600
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    REPORTS_BUCKET_NAME     = alicloud_oss_bucket.reports_bucket.bucket
    REPORTS_BUCKET_ENDPOINT = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
  }
  role = alicloud_ram_role.report_worker_role.arn
  tags = {
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "report.worker"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "async_job/report-worker-ce992a21ada4.zip"
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

  destination_config {
    on_success {
      destination = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.ready_topic.topic_name}/messages"
    }

    on_failure {
      destination = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.failed_queue.queue_name}/messages"
    }
  }
}

resource "alicloud_fcv3_concurrency_config" "report_worker_concurrency" {
  function_name        = alicloud_fcv3_function.report_worker_function.function_name
  reserved_concurrency = 5
}
