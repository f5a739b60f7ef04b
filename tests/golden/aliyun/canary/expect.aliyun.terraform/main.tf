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

resource "alicloud_log_store" "front_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-front"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "front_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.front_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "front_role" {
  role_name = "shop--default--front-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "front"
  }
}

resource "alicloud_ram_policy" "front_role" {
  policy_name = "shop--default--front-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.front_logstore.logstore_name}"]
      },
      {
        Effect = "Allow"
        Action = ["fc:InvokeFunction"]
        Resource = [
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/shop-default-prices",
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/shop-default-back",
        ]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "front_role" {
  policy_name = alicloud_ram_policy.front_role.policy_name
  policy_type = alicloud_ram_policy.front_role.type
  role_name   = alicloud_ram_role.front_role.role_name
}

resource "alicloud_fcv3_function" "front_function" {
  function_name        = "shop-default-front"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    PRICES_FUNCTION_NAME      = "shop-default-prices"
    PRICES_FUNCTION_QUALIFIER = "live"
    BACK_FUNCTION_NAME        = "shop-default-back"
    BACK_FUNCTION_QUALIFIER   = "live"
  }
  role = alicloud_ram_role.front_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/front-95d3900e7950.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.front_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.front_role]
}

resource "alicloud_log_store" "prices_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-prices"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "prices_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.prices_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "prices_role" {
  role_name = "shop--default--prices-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "prices"
  }
}

resource "alicloud_ram_policy" "prices_role" {
  policy_name = "shop--default--prices-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.prices_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/shop-default-told"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "prices_role" {
  policy_name = alicloud_ram_policy.prices_role.policy_name
  policy_type = alicloud_ram_policy.prices_role.type
  role_name   = alicloud_ram_role.prices_role.role_name
}

resource "alicloud_fcv3_function" "prices_function" {
  function_name        = "shop-default-prices"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.prices_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "prices"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/prices-95d3900e7950.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.prices_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.prices_role]
}

resource "alicloud_fcv3_async_invoke_config" "prices_async_config" {
  function_name                  = alicloud_fcv3_function.prices_function.function_name
  qualifier                      = alicloud_fcv3_alias.prices_alias.alias_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false

  destination_config {
    on_failure {
      destination = "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/shop-default-told"
    }
  }

  depends_on = [alicloud_fcv3_function.told_function]
}

resource "alicloud_fcv3_provision_config" "prices_warm_instances" {
  function_name       = alicloud_fcv3_function.prices_function.function_name
  qualifier           = alicloud_fcv3_alias.prices_alias.alias_name
  target              = 1
  always_allocate_cpu = false
}

resource "alicloud_fcv3_function_version" "prices_version1ac5aa4d5195" {
  function_name = alicloud_fcv3_function.prices_function.function_name
  description   = "1ac5aa4d5195"

  lifecycle {
    create_before_destroy = true
    prevent_destroy       = true
  }
}

resource "alicloud_fcv3_alias" "prices_alias" {
  function_name = alicloud_fcv3_function.prices_function.function_name
  alias_name    = "live"
  version_id    = var.stable
  additional_version_weight = {
    (alicloud_fcv3_function_version.prices_version1ac5aa4d5195.version_id) = 0.1
  }
}

resource "alicloud_fcv3_trigger" "prices_http_trigger" {
  function_name = alicloud_fcv3_function.prices_function.function_name
  trigger_name  = "http"
  trigger_type  = "http"
  qualifier     = alicloud_fcv3_alias.prices_alias.alias_name
  trigger_config = jsonencode({
    authType           = "anonymous"
    disableURLInternet = false
    methods            = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"]
  })
}

resource "alicloud_log_store" "back_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-back"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "back_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.back_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "back_role" {
  role_name = "shop--default--back-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "back"
  }
}

resource "alicloud_ram_policy" "back_role" {
  policy_name = "shop--default--back-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.back_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "back_role" {
  policy_name = alicloud_ram_policy.back_role.policy_name
  policy_type = alicloud_ram_policy.back_role.type
  role_name   = alicloud_ram_role.back_role.role_name
}

resource "alicloud_fcv3_function" "back_function" {
  function_name        = "shop-default-back"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.back_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "back"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/back-95d3900e7950.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.back_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.back_role]
}

resource "alicloud_fcv3_async_invoke_config" "back_async_config" {
  function_name                  = alicloud_fcv3_function.back_function.function_name
  qualifier                      = alicloud_fcv3_alias.back_alias.alias_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false
}

resource "alicloud_fcv3_function_version" "back_versione71a43b3bf25" {
  function_name = alicloud_fcv3_function.back_function.function_name
  description   = "e71a43b3bf25"

  lifecycle {
    create_before_destroy = true
    prevent_destroy       = true
  }
}

resource "alicloud_fcv3_alias" "back_alias" {
  function_name = alicloud_fcv3_function.back_function.function_name
  alias_name    = "live"
  version_id    = alicloud_fcv3_function_version.back_versione71a43b3bf25.version_id
}

resource "alicloud_fcv3_trigger" "back_http_trigger" {
  function_name = alicloud_fcv3_function.back_function.function_name
  trigger_name  = "http"
  trigger_type  = "http"
  qualifier     = alicloud_fcv3_alias.back_alias.alias_name
  trigger_config = jsonencode({
    authType           = "anonymous"
    disableURLInternet = true
    methods            = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"]
  })
}

resource "alicloud_log_store" "told_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-told"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "told_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.told_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "told_role" {
  role_name = "shop--default--told-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "told"
  }
}

resource "alicloud_ram_policy" "told_role" {
  policy_name = "shop--default--told-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.told_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/shop-default-back"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "told_role" {
  policy_name = alicloud_ram_policy.told_role.policy_name
  policy_type = alicloud_ram_policy.told_role.type
  role_name   = alicloud_ram_role.told_role.role_name
}

resource "alicloud_fcv3_function" "told_function" {
  function_name        = "shop-default-told"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.told_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "told"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/told-95d3900e7950.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.told_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.told_role]
}

resource "alicloud_fcv3_async_invoke_config" "told_async_config" {
  function_name                  = alicloud_fcv3_function.told_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false

  destination_config {
    on_failure {
      destination = "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/shop-default-back"
    }
  }

  depends_on = [alicloud_fcv3_function.back_function]
}

resource "alicloud_message_service_queue" "orders_queue" {
  queue_name               = "shop--default--orders"
  visibility_timeout       = 60
  delay_seconds            = 0
  message_retention_period = 345600
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "orders"
  }
}

resource "alicloud_fcv3_trigger" "orders_to_back_trigger" {
  function_name = alicloud_fcv3_function.back_function.function_name
  trigger_name  = "orders"
  trigger_type  = "eventbridge"
  qualifier     = alicloud_fcv3_alias.back_alias.alias_name
  trigger_config = jsonencode({
    triggerEnable          = true
    asyncInvocationType    = false
    eventRuleFilterPattern = "{}"
    eventSourceConfig = {
      eventSourceType = "MNS"
      eventSourceParameters = {
        sourceMNSParameters = {
          RegionId       = data.alicloud_regions.current.regions[0].id
          QueueName      = alicloud_message_service_queue.orders_queue.queue_name
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

resource "alicloud_fcv3_trigger" "nightly_to_prices_timer" {
  function_name = alicloud_fcv3_function.prices_function.function_name
  trigger_name  = "nightly"
  trigger_type  = "timer"
  qualifier     = alicloud_fcv3_alias.prices_alias.alias_name
  trigger_config = jsonencode({
    cronExpression = "@every 1440m"
    enable         = true
  })
}

resource "alicloud_ram_role" "order_role" {
  role_name = "shop--default--order-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "order"
  }
}

resource "alicloud_ram_policy" "order_role" {
  policy_name = "shop--default--order-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/shop-default-prices"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "order_role" {
  policy_name = alicloud_ram_policy.order_role.policy_name
  policy_type = alicloud_ram_policy.order_role.type
  role_name   = alicloud_ram_role.order_role.role_name
}

resource "alicloud_fnf_flow" "order_flow" {
  name        = "shop-default-order"
  role_arn    = alicloud_ram_role.order_role.arn
  definition  = "Type: StateMachine\nSpecVersion: v1\nName: shop-default-order\nStartAt: Begin\nStates:\n  - Type: Pass\n    Name: Begin\n    OutputConstructor:\n      input.$: $Context.Execution.Input\n      price: {}\n    Next: price\n  - Type: Task\n    Name: price\n    Action: FC:InvokeFunction\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/shop-default-prices/${alicloud_fcv3_alias.prices_alias.alias_name}\n      invocationType: Sync\n      body.$: $Input\n    OutputConstructor:\n      price.$: $Output\n      input.$: $Input.input\n    End: true\n"
  type        = "FDL"
  description = "OrderFlow"
  depends_on  = [alicloud_ram_role_policy_attachment.order_role]
}

resource "alicloud_api_gateway_group" "door_group" {
  name        = "shop-default-door"
  description = "virga:app=shop, virga:stage=default, virga:node=door"
}

resource "alicloud_ram_role" "door_invoker_role" {
  role_name = "shop--default--door--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "door"
  }
}

resource "alicloud_ram_policy" "door_invoker_role" {
  policy_name = "shop--default--door--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = ["fc:InvokeFunction"]
        Resource = [
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/shop-default-prices",
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/shop-default-back",
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

resource "alicloud_fcv3_custom_domain" "named_domain" {
  custom_domain_name = "prices.example.com"
  protocol           = "HTTP"

  auth_config {
    auth_type = "anonymous"
  }

  route_config {
    routes {
      path          = "/"
      function_name = alicloud_fcv3_function.back_function.function_name
      qualifier     = alicloud_fcv3_alias.back_alias.alias_name
      methods       = ["GET"]
    }
  }

  depends_on = [alicloud_fcv3_trigger.back_http_trigger]
}

resource "alicloud_ros_stack" "stack" {
  stack_name = "shop-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      DoorGetPricesToPricesApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.door_group.id
          ApiName    = "shop-default-door-GET_prices"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "GET"
            RequestPath       = "/prices"
            RequestMode       = "PASSTHROUGH"
          }
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = data.alicloud_regions.current.regions[0].id
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.prices_function.function_name
              Qualifier    = alicloud_fcv3_alias.prices_alias.alias_name
              RoleArn      = alicloud_ram_role.door_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "shop"
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
      DoorGetPricesToPricesDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.door_group.id
          ApiId = {
            "Fn::GetAtt" = ["DoorGetPricesToPricesApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "063830f47bb4"
        }
      }
      DoorPostPricesToBackApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.door_group.id
          ApiName    = "shop-default-door-POST_prices"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "POST"
            RequestPath       = "/prices"
            RequestMode       = "PASSTHROUGH"
          }
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId       = data.alicloud_regions.current.regions[0].id
              FcVersion        = "3.0"
              FcType           = "HttpTrigger"
              FcBaseUrl        = alicloud_fcv3_trigger.back_http_trigger.http_trigger[0].url_intranet
              Path             = "/prices"
              Method           = "POST"
              OnlyBusinessPath = true
              RoleArn          = alicloud_ram_role.door_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ConstParameters = [
            {
              ServiceParameterName = "X-Fc-Invocation-Type"
              ConstValue           = "Async"
              Location             = "HEAD"
            },
          ]
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "shop"
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
      DoorPostPricesToBackDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.door_group.id
          ApiId = {
            "Fn::GetAtt" = ["DoorPostPricesToBackApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "6cc7477658dc"
        }
      }
    }
  })
  depends_on = [alicloud_ram_role_policy_attachment.door_invoker_role]
}
