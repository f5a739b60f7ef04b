# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "shop--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
  }
}

resource "alicloud_event_bridge_event_bus" "events_bus" {
  event_bus_name = "shop--default--events"
  description    = "What happens in the shop"
}

resource "alicloud_ram_role" "events_invoker_role" {
  role_name = "shop--default--events--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "events"
    team          = "core"
  }
}

resource "alicloud_ram_policy" "events_invoker_role" {
  policy_name = "shop--default--events--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/shop-default-count"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "events_invoker_role" {
  policy_name = alicloud_ram_policy.events_invoker_role.policy_name
  policy_type = alicloud_ram_policy.events_invoker_role.type
  role_name   = alicloud_ram_role.events_invoker_role.role_name
}

resource "alicloud_event_bridge_rule" "events_to_paid_rule" {
  event_bus_name = alicloud_event_bridge_event_bus.events_bus.event_bus_name
  rule_name      = "shop--default--events--paid"
  status         = "ENABLE"
  filter_pattern = jsonencode({
    source = ["shop"]
    type   = ["paid"]
  })

  targets {
    target_id           = "1"
    type                = "acs.mns.queue"
    endpoint            = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:queues/${alicloud_message_service_queue.paid_queue.queue_name}"
    push_retry_strategy = "EXPONENTIAL_DECAY_RETRY"

    param_list {
      resource_key = "queue"
      form         = "CONSTANT"
      value        = alicloud_message_service_queue.paid_queue.queue_name
    }

    param_list {
      resource_key = "Body"
      form         = "ORIGINAL"
      value        = ""
    }

    param_list {
      resource_key = "IsBase64Encode"
      form         = "CONSTANT"
      value        = "true"
    }

    dead_letter_queue {
      arn = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.lost_queue.queue_name}/messages"
    }
  }
}

resource "alicloud_event_bridge_rule" "events_to_news_rule" {
  event_bus_name = alicloud_event_bridge_event_bus.events_bus.event_bus_name
  rule_name      = "shop--default--events--news"
  status         = "ENABLE"
  filter_pattern = jsonencode({
    type = [
      {
        prefix = "announced"
      },
    ]
  })

  targets {
    target_id           = "1"
    type                = "acs.mns.topic"
    endpoint            = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.news_topic.topic_name}"
    push_retry_strategy = "EXPONENTIAL_DECAY_RETRY"

    param_list {
      resource_key = "topic"
      form         = "CONSTANT"
      value        = alicloud_message_service_topic.news_topic.topic_name
    }

    param_list {
      resource_key = "Body"
      form         = "JSONPATH"
      value        = "$.data"
    }

    param_list {
      resource_key = "IsBase64Encode"
      form         = "CONSTANT"
      value        = "true"
    }

    dead_letter_queue {
      arn = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.lost_queue.queue_name}/messages"
    }
  }
}

resource "alicloud_message_service_topic" "events_to_count_topic" {
  topic_name       = "shop--default--events--count"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "events"
    team          = "core"
  }
}

resource "alicloud_event_bridge_rule" "events_to_count_rule" {
  event_bus_name = alicloud_event_bridge_event_bus.events_bus.event_bus_name
  rule_name      = "shop--default--events--count"
  status         = "ENABLE"
  filter_pattern = jsonencode({
    source = ["shop"]
  })

  targets {
    target_id           = "1"
    type                = "acs.mns.topic"
    endpoint            = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.events_to_count_topic.topic_name}"
    push_retry_strategy = "EXPONENTIAL_DECAY_RETRY"

    param_list {
      resource_key = "topic"
      form         = "CONSTANT"
      value        = alicloud_message_service_topic.events_to_count_topic.topic_name
    }

    param_list {
      resource_key = "Body"
      form         = "ORIGINAL"
      value        = ""
    }

    param_list {
      resource_key = "IsBase64Encode"
      form         = "CONSTANT"
      value        = "true"
    }

    dead_letter_queue {
      arn = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.lost_queue.queue_name}/messages"
    }
  }
}

resource "alicloud_fcv3_trigger" "events_to_count_trigger" {
  function_name   = alicloud_fcv3_function.count_function.function_name
  trigger_name    = "events-count"
  trigger_type    = "mns_topic"
  qualifier       = "LATEST"
  source_arn      = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.events_to_count_topic.topic_name}"
  invocation_role = alicloud_ram_role.events_invoker_role.arn
  trigger_config = jsonencode({
    notifyContentFormat = "JSON"
    notifyStrategy      = "EXPONENTIAL_DECAY_RETRY"
  })
  depends_on = [alicloud_ram_role_policy_attachment.events_invoker_role]
}

resource "alicloud_message_service_topic" "events_to_count_topic_xb39dd0" {
  topic_name       = "shop--default--events--count--2"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "events"
    team          = "core"
  }
}

resource "alicloud_event_bridge_rule" "events_to_count_rule_x5652a5" {
  event_bus_name = alicloud_event_bridge_event_bus.events_bus.event_bus_name
  rule_name      = "shop--default--events--count--2"
  status         = "ENABLE"
  filter_pattern = jsonencode({
    source = ["depot"]
  })

  targets {
    target_id           = "1"
    type                = "acs.mns.topic"
    endpoint            = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.events_to_count_topic_xb39dd0.topic_name}"
    push_retry_strategy = "EXPONENTIAL_DECAY_RETRY"

    param_list {
      resource_key = "topic"
      form         = "CONSTANT"
      value        = alicloud_message_service_topic.events_to_count_topic_xb39dd0.topic_name
    }

    param_list {
      resource_key = "Body"
      form         = "JSONPATH"
      value        = "$.data"
    }

    param_list {
      resource_key = "IsBase64Encode"
      form         = "CONSTANT"
      value        = "true"
    }

    dead_letter_queue {
      arn = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.lost_queue.queue_name}/messages"
    }
  }
}

resource "alicloud_fcv3_trigger" "events_to_count_trigger_x9bd768" {
  function_name   = alicloud_fcv3_function.count_function.function_name
  trigger_name    = "events-count-2"
  trigger_type    = "mns_topic"
  qualifier       = "LATEST"
  source_arn      = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.events_to_count_topic_xb39dd0.topic_name}"
  invocation_role = alicloud_ram_role.events_invoker_role.arn
  trigger_config = jsonencode({
    notifyContentFormat = "JSON"
    notifyStrategy      = "EXPONENTIAL_DECAY_RETRY"
  })
  depends_on = [alicloud_ram_role_policy_attachment.events_invoker_role]
}

resource "alicloud_fcv3_trigger" "cloud_to_count_trigger" {
  function_name = alicloud_fcv3_function.count_function.function_name
  trigger_name  = "cloud"
  trigger_type  = "eventbridge"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    triggerEnable          = true
    asyncInvocationType    = true
    eventRuleFilterPattern = "{\"source\":[\"acs.vpc\"]}"
    eventSourceConfig = {
      eventSourceType = "Default"
    }
    eventSinkConfig = {
      deliveryOption = {
        eventSchema = "CloudEvents"
      }
    }
    runOptions = {
      mode            = "event-driven"
      errorsTolerance = "ALL"
      retryStrategy = {
        PushRetryStrategy = "EXPONENTIAL_DECAY_RETRY"
      }
    }
  })
}

resource "alicloud_event_bridge_rule" "cloud_to_news_rule" {
  event_bus_name = "default"
  rule_name      = "shop--default--cloud--news"
  status         = "ENABLE"
  filter_pattern = jsonencode({
    source = ["acs.ecs"]
  })

  targets {
    target_id           = "1"
    type                = "acs.mns.topic"
    endpoint            = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.news_topic.topic_name}"
    push_retry_strategy = "EXPONENTIAL_DECAY_RETRY"

    param_list {
      resource_key = "topic"
      form         = "CONSTANT"
      value        = alicloud_message_service_topic.news_topic.topic_name
    }

    param_list {
      resource_key = "Body"
      form         = "ORIGINAL"
      value        = ""
    }

    param_list {
      resource_key = "IsBase64Encode"
      form         = "CONSTANT"
      value        = "true"
    }
  }
}

resource "alicloud_log_store" "till_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-till"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "till_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.till_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "till_role" {
  role_name = "shop--default--till-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "till"
  }
}

resource "alicloud_ram_policy" "till_role" {
  policy_name = "shop--default--till-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.till_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["eventbridge:PutEvents"]
        Resource = ["acs:eventbridge:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:eventbus/${alicloud_event_bridge_event_bus.events_bus.event_bus_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "till_role" {
  policy_name = alicloud_ram_policy.till_role.policy_name
  policy_type = alicloud_ram_policy.till_role.type
  role_name   = alicloud_ram_role.till_role.role_name
}

resource "alicloud_fcv3_function" "till_function" {
  function_name        = "shop-default-till"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    EVENTS_BUS_NAME = alicloud_event_bridge_event_bus.events_bus.event_bus_name
  }
  role = alicloud_ram_role.till_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "till"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/till-95d3900e7950.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.till_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.till_role]
}

resource "alicloud_log_store" "ship_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-ship"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "ship_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.ship_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "ship_role" {
  role_name = "shop--default--ship-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "ship"
  }
}

resource "alicloud_ram_policy" "ship_role" {
  policy_name = "shop--default--ship-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.ship_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "ship_role" {
  policy_name = alicloud_ram_policy.ship_role.policy_name
  policy_type = alicloud_ram_policy.ship_role.type
  role_name   = alicloud_ram_role.ship_role.role_name
}

resource "alicloud_fcv3_function" "ship_function" {
  function_name        = "shop-default-ship"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.ship_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "ship"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/ship-95d3900e7950.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.ship_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.ship_role]
}

resource "alicloud_message_service_queue" "paid_queue" {
  queue_name               = "shop--default--paid"
  visibility_timeout       = 60
  delay_seconds            = 0
  message_retention_period = 345600
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "paid"
  }
}

resource "alicloud_fcv3_trigger" "paid_to_ship_trigger" {
  function_name = alicloud_fcv3_function.ship_function.function_name
  trigger_name  = "paid"
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
          QueueName      = alicloud_message_service_queue.paid_queue.queue_name
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
      errorsTolerance = "NONE"
      retryStrategy = {
        PushRetryStrategy = "EXPONENTIAL_DECAY_RETRY"
      }
      batchWindow = {
        CountBasedWindow = 10
        TimeBasedWindow  = 0
      }
    }
  })
}

resource "alicloud_message_service_queue" "lost_queue" {
  queue_name               = "shop--default--lost"
  visibility_timeout       = 60
  delay_seconds            = 0
  message_retention_period = 345600
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "lost"
  }
}

resource "alicloud_message_service_topic" "news_topic" {
  topic_name       = "shop--default--news"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "news"
  }
}

resource "alicloud_log_store" "count_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-count"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "count_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.count_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "count_role" {
  role_name = "shop--default--count-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "count"
  }
}

resource "alicloud_ram_policy" "count_role" {
  policy_name = "shop--default--count-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.count_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "count_role" {
  policy_name = alicloud_ram_policy.count_role.policy_name
  policy_type = alicloud_ram_policy.count_role.type
  role_name   = alicloud_ram_role.count_role.role_name
}

resource "alicloud_fcv3_function" "count_function" {
  function_name        = "shop-default-count"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.count_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "count"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/count-95d3900e7950.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.count_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.count_role]
}

resource "alicloud_fcv3_async_invoke_config" "count_async_config" {
  function_name                  = alicloud_fcv3_function.count_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false
}
