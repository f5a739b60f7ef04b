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

resource "alicloud_message_service_topic" "news_topic" {
  topic_name       = "shop--default--news"
  max_message_size = 65536
  enable_logging   = false
  topic_type       = "fifo"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "news"
  }
}

resource "alicloud_message_service_subscription" "news_to_orders_subscription" {
  topic_name            = alicloud_message_service_topic.news_topic.topic_name
  subscription_name     = "shop--default--news--orders"
  push_type             = "queue"
  endpoint              = "acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:queues/${alicloud_message_service_queue.orders_queue.queue_name}"
  notify_content_format = "SIMPLIFIED"
  notify_strategy       = "EXPONENTIAL_DECAY_RETRY"
}

resource "alicloud_message_service_queue" "orders_queue" {
  queue_name               = "shop--default--orders"
  visibility_timeout       = 120
  delay_seconds            = 0
  message_retention_period = 345600
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  queue_type               = "fifo"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "orders"
  }

  dlq_policy {
    enabled                  = true
    dead_letter_target_queue = alicloud_message_service_queue.lost_queue.queue_name
    max_receive_count        = 3
  }
}

resource "alicloud_message_service_queue" "lost_queue" {
  queue_name               = "shop--default--lost"
  visibility_timeout       = 60
  delay_seconds            = 0
  message_retention_period = 345600
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  queue_type               = "fifo"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "lost"
  }
}

resource "alicloud_log_store" "shop_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-shop"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "shop_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.shop_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "shop_role" {
  role_name = "shop--default--shop-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "shop"
  }
}

resource "alicloud_ram_policy" "shop_role" {
  policy_name = "shop--default--shop-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.shop_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["mns:PublishMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.news_topic.topic_name}/messages"]
      },
      {
        Effect   = "Allow"
        Action   = ["mns:SendMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.orders_queue.queue_name}/messages"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "shop_role" {
  policy_name = alicloud_ram_policy.shop_role.policy_name
  policy_type = alicloud_ram_policy.shop_role.type
  role_name   = alicloud_ram_role.shop_role.role_name
}

resource "alicloud_fcv3_function" "shop_function" {
  function_name        = "shop-default-shop"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    NEWS_TOPIC_NAME     = alicloud_message_service_topic.news_topic.topic_name
    NEWS_TOPIC_ENDPOINT = "https://${data.alicloud_account.current.id}.mns.${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
    NEWS_TOPIC_FIFO     = "true"
    ORDERS_QUEUE_NAME   = alicloud_message_service_queue.orders_queue.queue_name
    ORDERS_QUEUE_URL    = "http://${data.alicloud_account.current.id}.mns.${data.alicloud_regions.current.regions[0].id}.aliyuncs.com/queues/${alicloud_message_service_queue.orders_queue.queue_name}"
    ORDERS_QUEUE_FIFO   = "true"
  }
  role = alicloud_ram_role.shop_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "shop"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/shop-95d3900e7950.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.shop_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.shop_role]
}

resource "alicloud_log_store" "packer_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-packer"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "packer_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.packer_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "packer_role" {
  role_name = "shop--default--packer-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "packer"
  }
}

resource "alicloud_ram_policy" "packer_role" {
  policy_name = "shop--default--packer-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.packer_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["mns:ChangeMessageVisibility", "mns:DeleteMessage", "mns:ReceiveMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.orders_queue.queue_name}/messages"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "packer_role" {
  policy_name = alicloud_ram_policy.packer_role.policy_name
  policy_type = alicloud_ram_policy.packer_role.type
  role_name   = alicloud_ram_role.packer_role.role_name
}

resource "alicloud_fcv3_function" "packer_function" {
  function_name        = "shop-default-packer"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ORDERS_QUEUE_NAME = alicloud_message_service_queue.orders_queue.queue_name
    ORDERS_QUEUE_URL  = "http://${data.alicloud_account.current.id}.mns.${data.alicloud_regions.current.regions[0].id}.aliyuncs.com/queues/${alicloud_message_service_queue.orders_queue.queue_name}"
  }
  role = alicloud_ram_role.packer_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "packer"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/packer-95d3900e7950.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.packer_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.packer_role]
}

resource "alicloud_fcv3_async_invoke_config" "packer_async_config" {
  function_name                  = alicloud_fcv3_function.packer_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false
}

resource "alicloud_fcv3_trigger" "often_to_packer_timer" {
  function_name = alicloud_fcv3_function.packer_function.function_name
  trigger_name  = "often"
  trigger_type  = "timer"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    cronExpression = "@every 1m"
    enable         = true
  })
}
