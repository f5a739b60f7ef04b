# Made by Virga from the app queue_worker, stage default. Change the .virga file, not this one.

# Takes orders and works on them in its own time

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_ots_instance" "table_instance" {
  name          = "queue-wor-2b1922"
  instance_type = "HighPerformance"
  accessed_by   = "Any"
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_project" "log_project" {
  project_name = "queue-worker--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
  }
}

resource "alicloud_api_gateway_group" "shop_group" {
  name        = "queue_worker-default-shop"
  description = "virga:app=queue_worker, virga:stage=default, virga:node=shop"
}

resource "alicloud_ram_role" "shop_invoker_role" {
  role_name = "queue-worker--default--shop--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "shop"
  }
}

resource "alicloud_ram_policy" "shop_invoker_role" {
  policy_name = "queue-worker--default--shop--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/queue_worker-default-intake"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "shop_invoker_role" {
  policy_name = alicloud_ram_policy.shop_invoker_role.policy_name
  policy_type = alicloud_ram_policy.shop_invoker_role.type
  role_name   = alicloud_ram_role.shop_invoker_role.role_name
}

resource "alicloud_log_store" "intake_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "queue_worker-default-intake"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "intake_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.intake_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "intake_role" {
  role_name = "queue-worker--default--intake-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "intake"
  }
}

resource "alicloud_ram_policy" "intake_role" {
  policy_name = "queue-worker--default--intake-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.intake_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["mns:SendMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.orders_work_queue.queue_name}/messages"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "intake_role" {
  policy_name = alicloud_ram_policy.intake_role.policy_name
  policy_type = alicloud_ram_policy.intake_role.type
  role_name   = alicloud_ram_role.intake_role.role_name
}

resource "alicloud_fcv3_function" "intake_function" {
  function_name        = "queue_worker-default-intake"
  runtime              = "python3.12"
  handler              = "intake.handler"
  memory_size          = 256
  cpu                  = 0.1
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ORDERS_WORK_QUEUE_NAME = alicloud_message_service_queue.orders_work_queue.queue_name
    ORDERS_WORK_QUEUE_URL  = "http://${data.alicloud_account.current.id}.mns.${data.alicloud_regions.current.regions[0].id}.aliyuncs.com/queues/${alicloud_message_service_queue.orders_work_queue.queue_name}"
  }
  role = alicloud_ram_role.intake_role.arn
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "intake"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "queue_worker/intake-d0911966691d.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.intake_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.intake_role]
}

resource "alicloud_ots_table" "ledger_table" {
  instance_name = alicloud_ots_instance.table_instance.name
  table_name    = "queue_worker__default__ledger"
  max_version   = 1
  time_to_live  = -1

  primary_key {
    name = "order"
    type = "String"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_message_service_queue" "orders_work_queue" {
  queue_name               = "queue-worker--default--orders--work"
  visibility_timeout       = 182
  delay_seconds            = 0
  message_retention_period = 345600
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.work"
  }

  dlq_policy {
    enabled                  = true
    dead_letter_target_queue = alicloud_message_service_queue.orders_rejected_queue.queue_name
    max_receive_count        = 5
  }
}

resource "alicloud_fcv3_trigger" "orders_work_to_orders_worker_trigger" {
  function_name = alicloud_fcv3_function.orders_worker_function.function_name
  trigger_name  = "orders-work"
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
          QueueName      = alicloud_message_service_queue.orders_work_queue.queue_name
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
        Arn = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.orders_rejected_queue.queue_name}/messages"
      }
      batchWindow = {
        CountBasedWindow = 10
        TimeBasedWindow  = 2
      }
    }
  })
}

resource "alicloud_message_service_queue" "orders_rejected_queue" {
  queue_name               = "queue-worker--default--orders--rejected"
  visibility_timeout       = 60
  delay_seconds            = 0
  message_retention_period = 604800
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.rejected"
  }
}

resource "alicloud_log_store" "orders_worker_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "queue_worker-default-orders-worker"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "orders_worker_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.orders_worker_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "orders_worker_role" {
  role_name = "queue-worker--default--orders--worker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.worker"
  }
}

resource "alicloud_ram_policy" "orders_worker_role" {
  policy_name = "queue-worker--default--orders--worker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.orders_worker_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["ots:PutRow", "ots:UpdateRow", "ots:DeleteRow", "ots:BatchWriteRow"]
        Resource = ["acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.ledger_table.table_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "orders_worker_role" {
  policy_name = alicloud_ram_policy.orders_worker_role.policy_name
  policy_type = alicloud_ram_policy.orders_worker_role.type
  role_name   = alicloud_ram_role.orders_worker_role.role_name
}

resource "alicloud_fcv3_function" "orders_worker_function" {
  function_name        = "queue_worker-default-orders-worker"
  runtime              = "python3.12"
  handler              = "worker.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 30
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    LEDGER_TABLE_NAME     = alicloud_ots_table.ledger_table.table_name
    LEDGER_TABLE_INSTANCE = alicloud_ots_instance.table_instance.name
    LEDGER_TABLE_ENDPOINT = "https://${alicloud_ots_instance.table_instance.name}.${data.alicloud_regions.current.regions[0].id}.ots.aliyuncs.com"
  }
  role = alicloud_ram_role.orders_worker_role.arn
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.worker"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "queue_worker/orders-worker-d0911966691d.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.orders_worker_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.orders_worker_role]
}

resource "alicloud_fcv3_concurrency_config" "orders_worker_concurrency" {
  function_name        = alicloud_fcv3_function.orders_worker_function.function_name
  reserved_concurrency = 10
}

resource "alicloud_log_store" "orders_redrive_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "queue_worker-default-orders-redrive"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "orders_redrive_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.orders_redrive_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "orders_redrive_role" {
  role_name = "queue-worker--default--orders--redrive-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.redrive"
  }
}

resource "alicloud_ram_policy" "orders_redrive_role" {
  policy_name = "queue-worker--default--orders--redrive-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.orders_redrive_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["mns:ChangeMessageVisibility", "mns:DeleteMessage", "mns:ReceiveMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.orders_rejected_queue.queue_name}/messages"]
      },
      {
        Effect   = "Allow"
        Action   = ["mns:SendMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.orders_work_queue.queue_name}/messages"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "orders_redrive_role" {
  policy_name = alicloud_ram_policy.orders_redrive_role.policy_name
  policy_type = alicloud_ram_policy.orders_redrive_role.type
  role_name   = alicloud_ram_role.orders_redrive_role.role_name
}

resource "alicloud_fcv3_function" "orders_redrive_function" {
  function_name        = "queue_worker-default-orders-redrive"
  description          = "Puts messages that were given up on back into the queue"
  runtime              = "python3.12"
  handler              = "redrive.handler"
  memory_size          = 256
  cpu                  = 0.1
  disk_size            = 512
  timeout              = 60
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ORDERS_REJECTED_QUEUE_NAME = alicloud_message_service_queue.orders_rejected_queue.queue_name
    ORDERS_REJECTED_QUEUE_URL  = "http://${data.alicloud_account.current.id}.mns.${data.alicloud_regions.current.regions[0].id}.aliyuncs.com/queues/${alicloud_message_service_queue.orders_rejected_queue.queue_name}"
    ORDERS_WORK_QUEUE_NAME     = alicloud_message_service_queue.orders_work_queue.queue_name
    ORDERS_WORK_QUEUE_URL      = "http://${data.alicloud_account.current.id}.mns.${data.alicloud_regions.current.regions[0].id}.aliyuncs.com/queues/${alicloud_message_service_queue.orders_work_queue.queue_name}"
    REJECTED_URL               = "http://${data.alicloud_account.current.id}.mns.${data.alicloud_regions.current.regions[0].id}.aliyuncs.com/queues/${alicloud_message_service_queue.orders_rejected_queue.queue_name}"
    WORK_URL                   = "http://${data.alicloud_account.current.id}.mns.${data.alicloud_regions.current.regions[0].id}.aliyuncs.com/queues/${alicloud_message_service_queue.orders_work_queue.queue_name}"
  }
  role = alicloud_ram_role.orders_redrive_role.arn
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.redrive"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "queue_worker/orders-redrive-a2a68935e32e.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.orders_redrive_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.orders_redrive_role]
}

resource "alicloud_cms_alarm" "orders_trouble_rule" {
  name    = "queue_worker-default-orders-trouble-${data.alicloud_regions.current.regions[0].id}"
  project = "acs_mns_new"
  metric  = "ActiveMessages"
  metric_dimensions = jsonencode([
    {
      userId = data.alicloud_account.current.id
      region = data.alicloud_regions.current.regions[0].id
      queue  = alicloud_message_service_queue.orders_rejected_queue.queue_name
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
    threshold           = "0"
    times               = 1
  }

  targets {
    target_id = "1"
    arn       = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.orders_trouble_topic.topic_name}/messages"
    level     = "Critical"
  }
}

resource "terraform_data" "orders_trouble_targets" {
  input = alicloud_cms_alarm.orders_trouble_rule.id
}

resource "alicloud_ram_role" "orders_trouble_invoker_role" {
  role_name = "queue-worker--default--orders--trouble--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.trouble"
  }
}

resource "alicloud_ram_policy" "orders_trouble_invoker_role" {
  policy_name = "queue-worker--default--orders--trouble--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/queue_worker-default-told-sender"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "orders_trouble_invoker_role" {
  policy_name = alicloud_ram_policy.orders_trouble_invoker_role.policy_name
  policy_type = alicloud_ram_policy.orders_trouble_invoker_role.type
  role_name   = alicloud_ram_role.orders_trouble_invoker_role.role_name
}

resource "alicloud_message_service_topic" "orders_trouble_topic" {
  topic_name       = "queue-worker--default--orders--trouble--alarm"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.trouble"
  }
}

resource "alicloud_fcv3_trigger" "orders_trouble_to_told_sender_trigger" {
  function_name   = alicloud_fcv3_function.told_sender_function.function_name
  trigger_name    = "orders-trouble-alarm"
  trigger_type    = "mns_topic"
  qualifier       = "LATEST"
  source_arn      = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.orders_trouble_topic.topic_name}"
  invocation_role = alicloud_ram_role.orders_trouble_invoker_role.arn
  trigger_config = jsonencode({
    notifyContentFormat = "JSON"
    notifyStrategy      = "EXPONENTIAL_DECAY_RETRY"
  })
  depends_on = [alicloud_ram_role_policy_attachment.orders_trouble_invoker_role]
}

resource "alicloud_oos_secret_parameter" "told_key_secret" {
  secret_parameter_name = "queue_worker-default-told-key"
  value                 = var.slack_webhook
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "told.key"
  }
}

resource "alicloud_log_store" "told_sender_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "queue_worker-default-told-sender"
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
  role_name = "queue-worker--default--told--sender-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "alicloud_ram_policy" "told_sender_role" {
  policy_name = "queue-worker--default--told--sender-${data.alicloud_regions.current.regions[0].id}"
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
  function_name        = "queue_worker-default-told-sender"
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
    PREFIX               = "orders"
  }
  role = alicloud_ram_role.told_sender_role.arn
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "queue_worker/told-sender-3037b7104d59.zip"
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
  stack_name = "queue_worker-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      ShopTraffic = {
        Type = "ALIYUN::ApiGateway::TrafficControl"
        Properties = {
          TrafficControlName = "queue_worker-default-shop"
          TrafficControlUnit = "MINUTE"
          ApiDefault         = 6000
        }
      }
      ShopTrafficBinding = {
        Type      = "ALIYUN::ApiGateway::TrafficControlBinding"
        DependsOn = ["ShopPostOrdersToIntakeDeployment"]
        Properties = {
          GroupId = alicloud_api_gateway_group.shop_group.id
          ApiIds = [
            {
              "Fn::GetAtt" = ["ShopPostOrdersToIntakeApi", "ApiId"]
            },
          ]
          StageName = "RELEASE"
          TrafficControlId = {
            "Fn::GetAtt" = ["ShopTraffic", "TrafficControlId"]
          }
        }
      }
      ShopPostOrdersToIntakeApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.shop_group.id
          ApiName    = "queue_worker-default-shop-POST_orders"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "POST"
            RequestPath       = "/orders"
            RequestMode       = "PASSTHROUGH"
          }
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = data.alicloud_regions.current.regions[0].id
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.intake_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.shop_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "queue_worker"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "shop"
            },
          ]
        }
      }
      ShopPostOrdersToIntakeDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.shop_group.id
          ApiId = {
            "Fn::GetAtt" = ["ShopPostOrdersToIntakeApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "bb293d9f4316"
        }
      }
    }
  })
  depends_on = [alicloud_ram_role_policy_attachment.shop_invoker_role]
}
