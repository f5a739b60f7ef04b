# Made by Virga from the app order_saga, stage default. Change the .virga file, not this one.

# Orders as a saga

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "order-saga--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
  }
}

resource "alicloud_api_gateway_group" "door_group" {
  name        = "order_saga-default-door"
  description = "virga:app=order_saga, virga:stage=default, virga:node=door"
}

resource "alicloud_ram_role" "door_invoker_role" {
  role_name = "order-saga--default--door--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "door"
  }
}

resource "alicloud_ram_policy" "door_invoker_role" {
  policy_name = "order-saga--default--door--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = ["fc:InvokeFunction"]
        Resource = [
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-intake",
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-answer",
        ]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "door_invoker_role" {
  policy_name = alicloud_ram_policy.door_invoker_role.policy_name
  policy_type = alicloud_ram_policy.door_invoker_role.type
  role_name   = alicloud_ram_role.door_invoker_role.role_name
}

resource "alicloud_log_store" "intake_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "order_saga-default-intake"
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
  role_name = "order-saga--default--intake-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "intake"
  }
}

resource "alicloud_ram_policy" "intake_role" {
  policy_name = "order-saga--default--intake-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.intake_logstore.logstore_name}"]
      },
      {
        Effect = "Allow"
        Action = ["fnf:StartExecution"]
        Resource = [
          "acs:fnf:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:flow/order_saga-default-orders-flow",
          "acs:fnf:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:flows/order_saga-default-orders-flow/executions/*",
        ]
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
  function_name        = "order_saga-default-intake"
  runtime              = "python3.12"
  handler              = "door.orders"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ORDERS_FLOW_WORKFLOW_NAME = "order_saga-default-orders-flow"
  }
  role = alicloud_ram_role.intake_role.arn
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "intake"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "order_saga/intake-6061c211c6dd.zip"
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

resource "alicloud_log_store" "answer_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "order_saga-default-answer"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "answer_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.answer_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "answer_role" {
  role_name = "order-saga--default--answer-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "answer"
  }
}

resource "alicloud_ram_policy" "answer_role" {
  policy_name = "order-saga--default--answer-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.answer_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["fnf:ReportTaskFailed", "fnf:ReportTaskSucceeded"]
        Resource = ["*"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "answer_role" {
  policy_name = alicloud_ram_policy.answer_role.policy_name
  policy_type = alicloud_ram_policy.answer_role.type
  role_name   = alicloud_ram_role.answer_role.role_name
}

resource "alicloud_fcv3_function" "answer_function" {
  function_name        = "order_saga-default-answer"
  runtime              = "python3.12"
  handler              = "door.payments"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ORDERS_FLOW_WORKFLOW_NAME = "order_saga-default-orders-flow"
  }
  role = alicloud_ram_role.answer_role.arn
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "answer"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "order_saga/answer-6061c211c6dd.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.answer_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.answer_role]
}

resource "alicloud_log_store" "stock_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "order_saga-default-stock"
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
  role_name = "order-saga--default--stock-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }
}

resource "alicloud_ram_policy" "stock_role" {
  policy_name = "order-saga--default--stock-${data.alicloud_regions.current.regions[0].id}"
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
  function_name        = "order_saga-default-stock"
  runtime              = "python3.12"
  handler              = "steps.reserve"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.stock_role.arn
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "order_saga/stock-6061c211c6dd.zip"
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

resource "alicloud_log_store" "restock_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "order_saga-default-restock"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "restock_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.restock_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "restock_role" {
  role_name = "order-saga--default--restock-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "restock"
  }
}

resource "alicloud_ram_policy" "restock_role" {
  policy_name = "order-saga--default--restock-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.restock_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "restock_role" {
  policy_name = alicloud_ram_policy.restock_role.policy_name
  policy_type = alicloud_ram_policy.restock_role.type
  role_name   = alicloud_ram_role.restock_role.role_name
}

resource "alicloud_fcv3_function" "restock_function" {
  function_name        = "order_saga-default-restock"
  runtime              = "python3.12"
  handler              = "steps.release"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.restock_role.arn
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "restock"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "order_saga/restock-6061c211c6dd.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.restock_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.restock_role]
}

resource "alicloud_log_store" "asker_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "order_saga-default-asker"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "asker_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.asker_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "asker_role" {
  role_name = "order-saga--default--asker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "asker"
  }
}

resource "alicloud_ram_policy" "asker_role" {
  policy_name = "order-saga--default--asker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.asker_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "asker_role" {
  policy_name = alicloud_ram_policy.asker_role.policy_name
  policy_type = alicloud_ram_policy.asker_role.type
  role_name   = alicloud_ram_role.asker_role.role_name
}

resource "alicloud_fcv3_function" "asker_function" {
  function_name        = "order_saga-default-asker"
  runtime              = "python3.12"
  handler              = "steps.ask"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    BANK_URL = var.bank_url
  }
  role = alicloud_ram_role.asker_role.arn
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "asker"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "order_saga/asker-6061c211c6dd.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.asker_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.asker_role]
}

resource "alicloud_log_store" "refund_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "order_saga-default-refund"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "refund_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.refund_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "refund_role" {
  role_name = "order-saga--default--refund-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "refund"
  }
}

resource "alicloud_ram_policy" "refund_role" {
  policy_name = "order-saga--default--refund-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.refund_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "refund_role" {
  policy_name = alicloud_ram_policy.refund_role.policy_name
  policy_type = alicloud_ram_policy.refund_role.type
  role_name   = alicloud_ram_role.refund_role.role_name
}

resource "alicloud_fcv3_function" "refund_function" {
  function_name        = "order_saga-default-refund"
  runtime              = "python3.12"
  handler              = "steps.refund"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    BANK_URL = var.bank_url
  }
  role = alicloud_ram_role.refund_role.arn
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "refund"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "order_saga/refund-6061c211c6dd.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.refund_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.refund_role]
}

resource "alicloud_log_store" "depot_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "order_saga-default-depot"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "depot_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.depot_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "depot_role" {
  role_name = "order-saga--default--depot-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "depot"
  }
}

resource "alicloud_ram_policy" "depot_role" {
  policy_name = "order-saga--default--depot-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.depot_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "depot_role" {
  policy_name = alicloud_ram_policy.depot_role.policy_name
  policy_type = alicloud_ram_policy.depot_role.type
  role_name   = alicloud_ram_role.depot_role.role_name
}

resource "alicloud_fcv3_function" "depot_function" {
  function_name        = "order_saga-default-depot"
  runtime              = "python3.12"
  handler              = "steps.ship"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 20
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.depot_role.arn
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "depot"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "order_saga/depot-6061c211c6dd.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.depot_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.depot_role]
}

resource "alicloud_log_store" "desk_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "order_saga-default-desk"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "desk_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.desk_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "desk_role" {
  role_name = "order-saga--default--desk-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "desk"
  }
}

resource "alicloud_ram_policy" "desk_role" {
  policy_name = "order-saga--default--desk-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.desk_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "desk_role" {
  policy_name = alicloud_ram_policy.desk_role.policy_name
  policy_type = alicloud_ram_policy.desk_role.type
  role_name   = alicloud_ram_role.desk_role.role_name
}

resource "alicloud_fcv3_function" "desk_function" {
  function_name        = "order_saga-default-desk"
  runtime              = "python3.12"
  handler              = "steps.tell"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.desk_role.arn
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "desk"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "order_saga/desk-6061c211c6dd.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.desk_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.desk_role]
}

resource "alicloud_fcv3_async_invoke_config" "desk_async_config" {
  function_name                  = alicloud_fcv3_function.desk_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false
}

resource "alicloud_ram_role" "orders_flow_role" {
  role_name = "order-saga--default--orders--flow-${data.alicloud_regions.current.regions[0].id}"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["fnf.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "orders.flow"
  }
}

resource "alicloud_ram_policy" "orders_flow_role" {
  policy_name = "order-saga--default--orders--flow-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-stock"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-restock"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-asker"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-refund"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-depot"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-desk"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "orders_flow_role" {
  policy_name = alicloud_ram_policy.orders_flow_role.policy_name
  policy_type = alicloud_ram_policy.orders_flow_role.type
  role_name   = alicloud_ram_role.orders_flow_role.role_name
}

resource "alicloud_fnf_flow" "orders_flow_flow" {
  name        = "order_saga-default-orders-flow"
  description = "Reserve, be paid, ship; undone when it fails"
  role_arn    = alicloud_ram_role.orders_flow_role.arn
  definition  = "Type: StateMachine\nSpecVersion: v1\nName: order_saga-default-orders-flow\nStartAt: Begin\nStates:\n  - Type: Pass\n    Name: Begin\n    OutputConstructor:\n      input.$: $Context.Execution.Input\n      reserve: {}\n      pay: {}\n      ship: {}\n      undo_pay: {}\n      error: {}\n      undo_reserve: {}\n    Next: reserve\n  - Type: Task\n    Name: reserve\n    Action: FC:InvokeFunction\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-stock/LATEST\n      invocationType: Sync\n      body.$: $Input\n    Timeout: 30\n    Retry:\n      - Errors:\n          - FnF.ALL\n        Description: retries of reserve\n        MaxAttempts: 2\n        IntervalSeconds: 1\n        BackoffRate: 2\n    Catch:\n      - Errors:\n          - FnF.ALL\n        Description: goes on with tell\n        OutputConstructor:\n          error:\n            Error.$: $Context.Current.Error.Code\n            Cause.$: $Context.Current.Error.Detail\n          input.$: $Input.input\n          reserve.$: $Input.reserve\n          pay.$: $Input.pay\n          ship.$: $Input.ship\n          undo_pay.$: $Input.undo_pay\n          undo_reserve.$: $Input.undo_reserve\n        Next: tell\n    OutputConstructor:\n      reserve.$: $Output\n      input.$: $Input.input\n      pay.$: $Input.pay\n      ship.$: $Input.ship\n      undo_pay.$: $Input.undo_pay\n      error.$: $Input.error\n      undo_reserve.$: $Input.undo_reserve\n    Next: pay\n  - Type: Task\n    Name: pay\n    Action: FC:InvokeFunction\n    TaskMode: WaitForCustomCallback\n    Parameters:\n      resourceArn: acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-asker/LATEST\n      invocationType: Sync\n      body:\n        token.$: $Context.Current.TaskToken\n        input.$: $Input.input\n        reserve.$: $Input.reserve\n        pay.$: $Input.pay\n        ship.$: $Input.ship\n        undo_pay.$: $Input.undo_pay\n        error.$: $Input.error\n        undo_reserve.$: $Input.undo_reserve\n    Timeout: 172800\n    Retry:\n      - Errors:\n          - FnF.ALL\n        Description: retries of pay\n        MaxAttempts: 2\n        IntervalSeconds: 1\n        BackoffRate: 2\n    Catch:\n      - Errors:\n          - FnF.ALL\n        Description: goes on with undo_reserve\n        OutputConstructor:\n          error:\n            Error.$: $Context.Current.Error.Code\n            Cause.$: $Context.Current.Error.Detail\n          input.$: $Input.input\n          reserve.$: $Input.reserve\n          pay.$: $Input.pay\n          ship.$: $Input.ship\n          undo_pay.$: $Input.undo_pay\n          undo_reserve.$: $Input.undo_reserve\n        Next: undo_reserve\n    OutputConstructor:\n      pay.$: $Output\n      input.$: $Input.input\n      reserve.$: $Input.reserve\n      ship.$: $Input.ship\n      undo_pay.$: $Input.undo_pay\n      error.$: $Input.error\n      undo_reserve.$: $Input.undo_reserve\n    Next: ship\n  - Type: Task\n    Name: ship\n    Action: FC:InvokeFunction\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-depot/LATEST\n      invocationType: Sync\n      body.$: $Input\n    Retry:\n      - Errors:\n          - FnF.ALL\n        Description: retries of ship\n        MaxAttempts: 5\n        IntervalSeconds: 1\n        BackoffRate: 2\n    Catch:\n      - Errors:\n          - FnF.ALL\n        Description: goes on with undo_pay\n        OutputConstructor:\n          error:\n            Error.$: $Context.Current.Error.Code\n            Cause.$: $Context.Current.Error.Detail\n          input.$: $Input.input\n          reserve.$: $Input.reserve\n          pay.$: $Input.pay\n          ship.$: $Input.ship\n          undo_pay.$: $Input.undo_pay\n          undo_reserve.$: $Input.undo_reserve\n        Next: undo_pay\n    OutputConstructor:\n      ship.$: $Output\n      input.$: $Input.input\n      reserve.$: $Input.reserve\n      pay.$: $Input.pay\n      undo_pay.$: $Input.undo_pay\n      error.$: $Input.error\n      undo_reserve.$: $Input.undo_reserve\n    End: true\n  - Type: Task\n    Name: undo_pay\n    Action: FC:InvokeFunction\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-refund/LATEST\n      invocationType: Sync\n      body.$: $Input\n    Retry:\n      - Errors:\n          - FnF.ALL\n        Description: retries of undo_pay\n        MaxAttempts: 8\n        IntervalSeconds: 5\n        BackoffRate: 2\n    Catch:\n      - Errors:\n          - FnF.ALL\n        Description: goes on with undo_reserve\n        OutputConstructor:\n          error:\n            Error.$: $Context.Current.Error.Code\n            Cause.$: $Context.Current.Error.Detail\n          input.$: $Input.input\n          reserve.$: $Input.reserve\n          pay.$: $Input.pay\n          ship.$: $Input.ship\n          undo_pay.$: $Input.undo_pay\n          undo_reserve.$: $Input.undo_reserve\n        Next: undo_reserve\n    OutputConstructor:\n      undo_pay.$: $Output\n      input.$: $Input.input\n      reserve.$: $Input.reserve\n      pay.$: $Input.pay\n      ship.$: $Input.ship\n      error.$: $Input.error\n      undo_reserve.$: $Input.undo_reserve\n    Next: undo_reserve\n  - Type: Task\n    Name: undo_reserve\n    Action: FC:InvokeFunction\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-restock/LATEST\n      invocationType: Sync\n      body.$: $Input\n    Retry:\n      - Errors:\n          - FnF.ALL\n        Description: retries of undo_reserve\n        MaxAttempts: 8\n        IntervalSeconds: 5\n        BackoffRate: 2\n    Catch:\n      - Errors:\n          - FnF.ALL\n        Description: goes on with tell\n        OutputConstructor:\n          error:\n            Error.$: $Context.Current.Error.Code\n            Cause.$: $Context.Current.Error.Detail\n          input.$: $Input.input\n          reserve.$: $Input.reserve\n          pay.$: $Input.pay\n          ship.$: $Input.ship\n          undo_pay.$: $Input.undo_pay\n          undo_reserve.$: $Input.undo_reserve\n        Next: tell\n    OutputConstructor:\n      undo_reserve.$: $Output\n      input.$: $Input.input\n      reserve.$: $Input.reserve\n      pay.$: $Input.pay\n      ship.$: $Input.ship\n      undo_pay.$: $Input.undo_pay\n      error.$: $Input.error\n    Next: tell\n  - Type: Task\n    Name: tell\n    Action: FC:InvokeFunction\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/order_saga-default-desk/LATEST\n      invocationType: Async\n      body.$: $Input\n    OutputConstructor:\n      input.$: $Input.input\n      reserve.$: $Input.reserve\n      pay.$: $Input.pay\n      ship.$: $Input.ship\n      undo_pay.$: $Input.undo_pay\n      error.$: $Input.error\n      undo_reserve.$: $Input.undo_reserve\n    Next: Fail 3\n  - Type: Fail\n    Name: Fail 3\n    Code: Failed\n    Detail: what failed stands in `error`, which this state is given\n    End: true\n"
  type        = "FDL"
  depends_on  = [alicloud_ram_role_policy_attachment.orders_flow_role]
}

resource "alicloud_ros_stack" "stack" {
  stack_name = "order_saga-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      DoorTraffic = {
        Type = "ALIYUN::ApiGateway::TrafficControl"
        Properties = {
          TrafficControlName = "order_saga-default-door"
          TrafficControlUnit = "MINUTE"
          ApiDefault         = 1200
        }
      }
      DoorTrafficBinding = {
        Type      = "ALIYUN::ApiGateway::TrafficControlBinding"
        DependsOn = ["DoorPostOrdersToIntakeDeployment", "DoorPostPaymentsToAnswerDeployment"]
        Properties = {
          GroupId = alicloud_api_gateway_group.door_group.id
          ApiIds = [
            {
              "Fn::GetAtt" = ["DoorPostOrdersToIntakeApi", "ApiId"]
            },
            {
              "Fn::GetAtt" = ["DoorPostPaymentsToAnswerApi", "ApiId"]
            },
          ]
          StageName = "RELEASE"
          TrafficControlId = {
            "Fn::GetAtt" = ["DoorTraffic", "TrafficControlId"]
          }
        }
      }
      DoorPostOrdersToIntakeApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.door_group.id
          ApiName    = "order_saga-default-door-POST_orders"
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
              RoleArn      = alicloud_ram_role.door_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "order_saga"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "door"
            },
          ]
        }
      }
      DoorPostOrdersToIntakeDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.door_group.id
          ApiId = {
            "Fn::GetAtt" = ["DoorPostOrdersToIntakeApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "6400814bb131"
        }
      }
      DoorPostPaymentsToAnswerApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.door_group.id
          ApiName    = "order_saga-default-door-POST_payments"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "POST"
            RequestPath       = "/payments"
            RequestMode       = "PASSTHROUGH"
          }
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = data.alicloud_regions.current.regions[0].id
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.answer_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.door_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "order_saga"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "door"
            },
          ]
        }
      }
      DoorPostPaymentsToAnswerDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.door_group.id
          ApiId = {
            "Fn::GetAtt" = ["DoorPostPaymentsToAnswerApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "093b04dbac5c"
        }
      }
    }
  })
  depends_on = [alicloud_ram_role_policy_attachment.door_invoker_role]
}
