# Made by Virga from the app bff, stage default. Change the .virga file, not this one.

# A product page and its own back end

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "bff--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "bff"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_store" "prices_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "bff-default-prices"
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
  role_name = "bff--default--prices-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "prices"
  }
}

resource "alicloud_ram_policy" "prices_role" {
  policy_name = "bff--default--prices-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.prices_logstore.logstore_name}"]
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
  function_name        = "bff-default-prices"
  runtime              = "python3.12"
  handler              = "services.prices"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.prices_role.arn
  tags = {
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "prices"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "bff/prices-5158feedbfaa.zip"
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

resource "alicloud_log_store" "stock_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "bff-default-stock"
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
  role_name = "bff--default--stock-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }
}

resource "alicloud_ram_policy" "stock_role" {
  policy_name = "bff--default--stock-${data.alicloud_regions.current.regions[0].id}"
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
  function_name        = "bff-default-stock"
  runtime              = "python3.12"
  handler              = "services.stock"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.stock_role.arn
  tags = {
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "bff/stock-5158feedbfaa.zip"
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

resource "alicloud_api_gateway_group" "page_edge_group" {
  name        = "bff-default-page-edge"
  description = "virga:app=bff, virga:stage=default, virga:node=page.edge"
}

resource "alicloud_ram_role" "page_edge_invoker_role" {
  role_name = "bff--default--page--edge--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "page.edge"
  }
}

resource "alicloud_ram_policy" "page_edge_invoker_role" {
  policy_name = "bff--default--page--edge--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/bff-default-page-handler"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "page_edge_invoker_role" {
  policy_name = alicloud_ram_policy.page_edge_invoker_role.policy_name
  policy_type = alicloud_ram_policy.page_edge_invoker_role.type
  role_name   = alicloud_ram_role.page_edge_invoker_role.role_name
}

resource "alicloud_log_store" "page_handler_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "bff-default-page-handler"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "page_handler_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.page_handler_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "page_handler_role" {
  role_name = "bff--default--page--handler-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "page.handler"
  }
}

resource "alicloud_ram_policy" "page_handler_role" {
  policy_name = "bff--default--page--handler-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.page_handler_logstore.logstore_name}"]
      },
      {
        Effect = "Allow"
        Action = ["fc:InvokeFunction"]
        Resource = [
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/bff-default-prices",
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/bff-default-stock",
        ]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "page_handler_role" {
  policy_name = alicloud_ram_policy.page_handler_role.policy_name
  policy_type = alicloud_ram_policy.page_handler_role.type
  role_name   = alicloud_ram_role.page_handler_role.role_name
}

resource "alicloud_fcv3_function" "page_handler_function" {
  function_name        = "bff-default-page-handler"
  runtime              = "python3.12"
  handler              = "page.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    PRICES_FUNCTION_NAME = "bff-default-prices"
    STOCK_FUNCTION_NAME  = "bff-default-stock"
  }
  role = alicloud_ram_role.page_handler_role.arn
  tags = {
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "page.handler"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "bff/page-handler-5158feedbfaa.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.page_handler_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.page_handler_role]
}

resource "alicloud_ros_stack" "stack" {
  stack_name = "bff-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      PageEdgeTraffic = {
        Type = "ALIYUN::ApiGateway::TrafficControl"
        Properties = {
          TrafficControlName = "bff-default-page-edge"
          TrafficControlUnit = "MINUTE"
          ApiDefault         = 3000
        }
      }
      PageEdgeTrafficBinding = {
        Type      = "ALIYUN::ApiGateway::TrafficControlBinding"
        DependsOn = ["PageEdgeAnyPathToPageHandlerDeployment"]
        Properties = {
          GroupId = alicloud_api_gateway_group.page_edge_group.id
          ApiIds = [
            {
              "Fn::GetAtt" = ["PageEdgeAnyPathToPageHandlerApi", "ApiId"]
            },
          ]
          StageName = "RELEASE"
          TrafficControlId = {
            "Fn::GetAtt" = ["PageEdgeTraffic", "TrafficControlId"]
          }
        }
      }
      PageEdgeAnyPathToPageHandlerApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.page_edge_group.id
          ApiName    = "bff-default-page-edge-ANY__path-a25942"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "ANY"
            RequestPath       = "/*"
            RequestMode       = "PASSTHROUGH"
          }
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = data.alicloud_regions.current.regions[0].id
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.page_handler_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.page_edge_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "bff"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "page.edge"
            },
          ]
        }
      }
      PageEdgeAnyPathToPageHandlerDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.page_edge_group.id
          ApiId = {
            "Fn::GetAtt" = ["PageEdgeAnyPathToPageHandlerApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "c384eb6516b6"
        }
      }
    }
  })
  depends_on = [alicloud_ram_role_policy_attachment.page_edge_invoker_role]
}
