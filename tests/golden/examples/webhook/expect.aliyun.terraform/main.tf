# Made by Virga from the app webhook, stage default. Change the .virga file, not this one.

# Events of a repository

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_ots_instance" "table_instance" {
  name          = "webhook--default"
  instance_type = "HighPerformance"
  accessed_by   = "Any"
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_project" "log_project" {
  project_name = "webhook--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
  }
}

resource "alicloud_message_service_queue" "events_queue" {
  queue_name               = "webhook--default--events"
  visibility_timeout       = 60
  delay_seconds            = 0
  message_retention_period = 345600
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "events"
  }

  dlq_policy {
    enabled                  = true
    dead_letter_target_queue = alicloud_message_service_queue.rejected_queue.queue_name
    max_receive_count        = 5
  }
}

resource "alicloud_fcv3_trigger" "events_to_record_trigger" {
  function_name = alicloud_fcv3_function.record_function.function_name
  trigger_name  = "events"
  trigger_type  = "eventbridge"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    triggerEnable          = true
    asyncInvocationType    = false
    eventRuleFilterPattern = "{}"
    eventSourceConfig = {
      eventSourceType = "MNS"
      eventSourceParameters = {
        sourceMNSParameters = {
          RegionId       = data.alicloud_regions.current.regions[0].id
          QueueName      = alicloud_message_service_queue.events_queue.queue_name
          IsBase64Decode = false
        }
      }
    }
    eventSinkConfig = {
      deliveryOption = {
        eventSchema = "CloudEvents"
      }
    }
    runOptions = {
      mode            = "event-streaming"
      errorsTolerance = "ALL"
      retryStrategy = {
        PushRetryStrategy = "EXPONENTIAL_DECAY_RETRY"
      }
      deadLetterQueue = {
        Arn = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.rejected_queue.queue_name}/messages"
      }
      batchWindow = {
        CountBasedWindow = 5
        TimeBasedWindow  = 0
      }
    }
  })
}

resource "alicloud_message_service_queue" "rejected_queue" {
  queue_name               = "webhook--default--rejected"
  visibility_timeout       = 60
  delay_seconds            = 0
  message_retention_period = 604800
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "rejected"
  }
}

resource "alicloud_log_store" "record_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "webhook-default-record"
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
  role_name = "webhook--default--record-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "record"
  }
}

resource "alicloud_ram_policy" "record_role" {
  policy_name = "webhook--default--record-${data.alicloud_regions.current.regions[0].id}"
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
        Resource = ["acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.pushes_table.table_name}"]
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
  function_name        = "webhook-default-record"
  runtime              = "python3.12"
  handler              = "record.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    PUSHES_TABLE_NAME     = alicloud_ots_table.pushes_table.table_name
    PUSHES_TABLE_INSTANCE = alicloud_ots_instance.table_instance.name
    PUSHES_TABLE_ENDPOINT = "https://${alicloud_ots_instance.table_instance.name}.${data.alicloud_regions.current.regions[0].id}.ots.aliyuncs.com"
  }
  role = alicloud_ram_role.record_role.arn
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "record"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "webhook/record-2daa6ee84851.zip"
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

resource "alicloud_ots_table" "pushes_table" {
  instance_name = alicloud_ots_instance.table_instance.name
  table_name    = "webhook__default__pushes"
  max_version   = 1
  time_to_live  = -1

  primary_key {
    name = "commit"
    type = "String"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oos_secret_parameter" "hook_signing_secret" {
  secret_parameter_name = "webhook-default-hook-signing"
  value                 = var.github_secret
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "hook.signing"
  }
}

resource "alicloud_log_store" "hook_receiver_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "webhook-default-hook-receiver"
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
  role_name = "webhook--default--hook--receiver-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "hook.receiver"
  }
}

resource "alicloud_ram_policy" "hook_receiver_role" {
  policy_name = "webhook--default--hook--receiver-${data.alicloud_regions.current.regions[0].id}"
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
        Action   = ["mns:SendMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.events_queue.queue_name}/messages"]
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
  function_name        = "webhook-default-hook-receiver"
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
    EVENTS_QUEUE_NAME        = alicloud_message_service_queue.events_queue.queue_name
    EVENTS_QUEUE_URL         = "http://${data.alicloud_account.current.id}.mns.${data.alicloud_regions.current.regions[0].id}.aliyuncs.com/queues/${alicloud_message_service_queue.events_queue.queue_name}"
    HOOK_SIGNING_SECRET_NAME = alicloud_oos_secret_parameter.hook_signing_secret.secret_parameter_name
    SIGNING_SECRET_NAME      = alicloud_oos_secret_parameter.hook_signing_secret.secret_parameter_name
    SIGNATURE_HEADER         = "x-hub-signature-256"
    SIGNATURE_ALGORITHM      = "sha256"
    EVENT_HEADER             = "x-github-event"
  }
  role = alicloud_ram_role.hook_receiver_role.arn
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "hook.receiver"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "webhook/hook-receiver-3037b7104d59.zip"
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
