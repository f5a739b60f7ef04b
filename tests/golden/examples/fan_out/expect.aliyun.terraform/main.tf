# Made by Virga from the app fan_out, stage default. Change the .virga file, not this one.

# Tells every department of a new order

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "fan-out--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_store" "take_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "fan_out-default-take"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "take_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.take_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "take_role" {
  role_name = "fan-out--default--take-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }
}

resource "alicloud_ram_policy" "take_role" {
  policy_name = "fan-out--default--take-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.take_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["mns:PublishMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.orders_news_topic.topic_name}/messages"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "take_role" {
  policy_name = alicloud_ram_policy.take_role.policy_name
  policy_type = alicloud_ram_policy.take_role.type
  role_name   = alicloud_ram_role.take_role.role_name
}

resource "alicloud_fcv3_function" "take_function" {
  function_name        = "fan_out-default-take"
  runtime              = "python3.12"
  handler              = "take.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ORDERS_NEWS_TOPIC_NAME     = alicloud_message_service_topic.orders_news_topic.topic_name
    ORDERS_NEWS_TOPIC_ENDPOINT = "https://${data.alicloud_account.current.id}.mns.${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
  }
  role = alicloud_ram_role.take_role.arn
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "fan_out/take-b7380046d3b3.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.take_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.take_role]
}

resource "alicloud_fcv3_trigger" "take_http_trigger" {
  function_name = alicloud_fcv3_function.take_function.function_name
  trigger_name  = "http"
  trigger_type  = "http"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    authType           = "anonymous"
    disableURLInternet = false
    methods            = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"]
  })
}

resource "alicloud_log_store" "billing_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "fan_out-default-billing"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "billing_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.billing_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "billing_role" {
  role_name = "fan-out--default--billing-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "billing"
  }
}

resource "alicloud_ram_policy" "billing_role" {
  policy_name = "fan-out--default--billing-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.billing_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "billing_role" {
  policy_name = alicloud_ram_policy.billing_role.policy_name
  policy_type = alicloud_ram_policy.billing_role.type
  role_name   = alicloud_ram_role.billing_role.role_name
}

resource "alicloud_fcv3_function" "billing_function" {
  function_name        = "fan_out-default-billing"
  runtime              = "python3.12"
  handler              = "departments.billing"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 30
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.billing_role.arn
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "billing"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "fan_out/billing-b7380046d3b3.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.billing_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.billing_role]
}

resource "alicloud_log_store" "stock_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "fan_out-default-stock"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "stock_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.stock_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "stock_role" {
  role_name = "fan-out--default--stock-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }
}

resource "alicloud_ram_policy" "stock_role" {
  policy_name = "fan-out--default--stock-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.stock_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "stock_role" {
  policy_name = alicloud_ram_policy.stock_role.policy_name
  policy_type = alicloud_ram_policy.stock_role.type
  role_name   = alicloud_ram_role.stock_role.role_name
}

resource "alicloud_fcv3_function" "stock_function" {
  function_name        = "fan_out-default-stock"
  runtime              = "python3.12"
  handler              = "departments.stock"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 30
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.stock_role.arn
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "fan_out/stock-b7380046d3b3.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.stock_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.stock_role]
}

resource "alicloud_log_store" "shipping_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "fan_out-default-shipping"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "shipping_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.shipping_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "shipping_role" {
  role_name = "fan-out--default--shipping-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "shipping"
  }
}

resource "alicloud_ram_policy" "shipping_role" {
  policy_name = "fan-out--default--shipping-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.shipping_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "shipping_role" {
  policy_name = alicloud_ram_policy.shipping_role.policy_name
  policy_type = alicloud_ram_policy.shipping_role.type
  role_name   = alicloud_ram_role.shipping_role.role_name
}

resource "alicloud_fcv3_function" "shipping_function" {
  function_name        = "fan_out-default-shipping"
  runtime              = "python3.12"
  handler              = "departments.shipping"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 30
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.shipping_role.arn
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "shipping"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "fan_out/shipping-b7380046d3b3.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.shipping_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.shipping_role]
}

resource "alicloud_message_service_topic" "orders_news_topic" {
  topic_name       = "fan-out--default--orders--news"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "orders.news"
  }
}

resource "alicloud_message_service_subscription" "orders_news_to_orders_billing_queue_subscription" {
  topic_name            = alicloud_message_service_topic.orders_news_topic.topic_name
  subscription_name     = "fan-out--default--orders--news--orders--billing-queue"
  push_type             = "queue"
  endpoint              = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:queues/${alicloud_message_service_queue.orders_billing_queue_queue.queue_name}"
  notify_content_format = "SIMPLIFIED"
  notify_strategy       = "EXPONENTIAL_DECAY_RETRY"
}

resource "alicloud_message_service_subscription" "orders_news_to_orders_stock_queue_subscription" {
  topic_name            = alicloud_message_service_topic.orders_news_topic.topic_name
  subscription_name     = "fan-out--default--orders--news--orders--stock-queue"
  push_type             = "queue"
  endpoint              = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:queues/${alicloud_message_service_queue.orders_stock_queue_queue.queue_name}"
  notify_content_format = "SIMPLIFIED"
  notify_strategy       = "EXPONENTIAL_DECAY_RETRY"
}

resource "alicloud_message_service_subscription" "orders_news_to_orders_shipping_queue_subscription" {
  topic_name            = alicloud_message_service_topic.orders_news_topic.topic_name
  subscription_name     = "fan-out--default--orders--news--orders--shipping-queue"
  push_type             = "queue"
  endpoint              = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:queues/${alicloud_message_service_queue.orders_shipping_queue_queue.queue_name}"
  notify_content_format = "SIMPLIFIED"
  notify_strategy       = "EXPONENTIAL_DECAY_RETRY"
}

resource "alicloud_message_service_queue" "orders_given_up_queue" {
  queue_name               = "fan-out--default--orders--given-up"
  visibility_timeout       = 60
  delay_seconds            = 0
  message_retention_period = 604800
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "orders.given_up"
  }
}

resource "alicloud_message_service_queue" "orders_billing_queue_queue" {
  queue_name               = "fan-out--default--orders--billing-queue"
  visibility_timeout       = 180
  delay_seconds            = 0
  message_retention_period = 345600
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "orders.billing_queue"
  }

  dlq_policy {
    enabled                  = true
    dead_letter_target_queue = alicloud_message_service_queue.orders_given_up_queue.queue_name
    max_receive_count        = 5
  }
}

resource "alicloud_fcv3_trigger" "orders_billing_queue_to_billing_trigger" {
  function_name = alicloud_fcv3_function.billing_function.function_name
  trigger_name  = "orders-billing_queue"
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
          QueueName      = alicloud_message_service_queue.orders_billing_queue_queue.queue_name
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
        Arn = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.orders_given_up_queue.queue_name}/messages"
      }
      batchWindow = {
        CountBasedWindow = 10
        TimeBasedWindow  = 0
      }
    }
  })
}

resource "alicloud_message_service_queue" "orders_stock_queue_queue" {
  queue_name               = "fan-out--default--orders--stock-queue"
  visibility_timeout       = 180
  delay_seconds            = 0
  message_retention_period = 345600
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "orders.stock_queue"
  }

  dlq_policy {
    enabled                  = true
    dead_letter_target_queue = alicloud_message_service_queue.orders_given_up_queue.queue_name
    max_receive_count        = 5
  }
}

resource "alicloud_fcv3_trigger" "orders_stock_queue_to_stock_trigger" {
  function_name = alicloud_fcv3_function.stock_function.function_name
  trigger_name  = "orders-stock_queue"
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
          QueueName      = alicloud_message_service_queue.orders_stock_queue_queue.queue_name
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
        Arn = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.orders_given_up_queue.queue_name}/messages"
      }
      batchWindow = {
        CountBasedWindow = 10
        TimeBasedWindow  = 0
      }
    }
  })
}

resource "alicloud_message_service_queue" "orders_shipping_queue_queue" {
  queue_name               = "fan-out--default--orders--shipping-queue"
  visibility_timeout       = 180
  delay_seconds            = 0
  message_retention_period = 345600
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "orders.shipping_queue"
  }

  dlq_policy {
    enabled                  = true
    dead_letter_target_queue = alicloud_message_service_queue.orders_given_up_queue.queue_name
    max_receive_count        = 5
  }
}

resource "alicloud_fcv3_trigger" "orders_shipping_queue_to_shipping_trigger" {
  function_name = alicloud_fcv3_function.shipping_function.function_name
  trigger_name  = "orders-shipping_queue"
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
          QueueName      = alicloud_message_service_queue.orders_shipping_queue_queue.queue_name
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
        Arn = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.orders_given_up_queue.queue_name}/messages"
      }
      batchWindow = {
        CountBasedWindow = 10
        TimeBasedWindow  = 0
      }
    }
  })
}

resource "alicloud_cms_alarm" "orders_trouble_rule" {
  name    = "fan_out-default-orders-trouble-${data.alicloud_regions.current.regions[0].id}"
  project = "acs_mns_new"
  metric  = "ActiveMessages"
  metric_dimensions = jsonencode([
    {
      userId = data.alicloud_account.current.id
      region = data.alicloud_regions.current.regions[0].id
      queue  = alicloud_message_service_queue.orders_given_up_queue.queue_name
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
  role_name = "fan-out--default--orders--trouble--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "orders.trouble"
  }
}

resource "alicloud_ram_policy" "orders_trouble_invoker_role" {
  policy_name = "fan-out--default--orders--trouble--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/fan_out-default-told-sender"]
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
  topic_name       = "fan-out--default--orders--trouble--alarm"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "fan_out"
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
  secret_parameter_name = "fan_out-default-told-key"
  value                 = var.slack_webhook
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "told.key"
  }
}

resource "alicloud_log_store" "told_sender_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "fan_out-default-told-sender"
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
  role_name = "fan-out--default--told--sender-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "alicloud_ram_policy" "told_sender_role" {
  policy_name = "fan-out--default--told--sender-${data.alicloud_regions.current.regions[0].id}"
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
  function_name        = "fan_out-default-told-sender"
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
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "fan_out/told-sender-3037b7104d59.zip"
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
