# Made by Virga from the app click_archive, stage default. Change the .virga file, not this one.

# Clicks, gathered into objects

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "click-archive--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_store" "clicks_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "click_archive-default-clicks"
  retention_period      = 7
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "clicks_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.clicks_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_sls_oss_export_sink" "clicks_to_archive_export" {
  project      = alicloud_log_project.log_project.project_name
  job_name     = "click_archive-default-archive-clicks"
  display_name = "click_archive-default-archive-clicks"

  configuration {
    logstore  = alicloud_log_store.clicks_logstore.logstore_name
    role_arn  = alicloud_ram_role.archive_export_role.arn
    from_time = 1
    to_time   = 0

    sink {
      bucket           = alicloud_oss_bucket.lake_bucket.bucket
      role_arn         = alicloud_ram_role.archive_export_role.arn
      endpoint         = "http://oss-${data.alicloud_regions.current.regions[0].id}-internal.aliyuncs.com"
      prefix           = "clicks/"
      path_format      = "%Y/%m/%d/%H"
      path_format_type = "time"
      time_zone        = "+0000"
      content_type     = "json"
      content_detail = jsonencode({
        enableTag = false
      })
      compression_type = "gzip"
      buffer_size      = 64
      buffer_interval  = 600
    }
  }

  depends_on = [alicloud_ram_role_policy_attachment.archive_export_role]
}

resource "alicloud_oss_bucket" "lake_bucket" {
  bucket          = "click-archive--default--lake-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "lake"
  }

  server_side_encryption_rule {
    sse_algorithm = "AES256"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oss_bucket_acl" "lake_bucket" {
  bucket     = alicloud_oss_bucket.lake_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.lake_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "lake_bucket" {
  bucket              = alicloud_oss_bucket.lake_bucket.bucket
  block_public_access = true
}

resource "alicloud_ram_role" "archive_export_role" {
  role_name = "click-archive--default--archive--export-${data.alicloud_regions.current.regions[0].id}"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["log.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }
}

resource "alicloud_ram_policy" "archive_export_role" {
  policy_name = "click-archive--default--archive--export-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = ["log:GetCursorOrData", "log:ListShards"]
        Resource = [
          "acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.clicks_logstore.logstore_name}",
          "acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.clicks_logstore.logstore_name}/*",
        ]
      },
      {
        Effect = "Allow"
        Action = ["oss:PutObject"]
        Resource = [
          "acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.lake_bucket.bucket}",
          "acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.lake_bucket.bucket}/*",
        ]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "archive_export_role" {
  policy_name = alicloud_ram_policy.archive_export_role.policy_name
  policy_type = alicloud_ram_policy.archive_export_role.type
  role_name   = alicloud_ram_role.archive_export_role.role_name
}

resource "alicloud_ram_role" "count_role" {
  role_name = "click-archive--default--count-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "count"
  }
}

resource "alicloud_ram_policy" "count_role" {
  policy_name = "click-archive--default--count-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.clicks_logstore.logstore_name}"]
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
  function_name        = "click_archive-default-count"
  runtime              = "python3.12"
  handler              = "count.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 5
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.count_role.arn
  tags = {
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "count"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "click_archive/count-9ec8900b5e80.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.clicks_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.count_role]
}

resource "alicloud_api_gateway_group" "public_group" {
  name        = "click_archive-default-public"
  description = "virga:app=click_archive, virga:stage=default, virga:node=public"
}

resource "alicloud_ram_role" "public_invoker_role" {
  role_name = "click-archive--default--public--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "alicloud_ram_policy" "public_invoker_role" {
  policy_name = "click-archive--default--public--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/click_archive-default-count"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "public_invoker_role" {
  policy_name = alicloud_ram_policy.public_invoker_role.policy_name
  policy_type = alicloud_ram_policy.public_invoker_role.type
  role_name   = alicloud_ram_role.public_invoker_role.role_name
}

resource "alicloud_ros_stack" "stack" {
  stack_name = "click_archive-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      PublicCors = {
        Type = "ALIYUN::ApiGateway::Plugin"
        Properties = {
          PluginName = "click_archive-default-public-cors"
          PluginType = "cors"
          PluginData = "{\"allowOrigins\":\"https://www.example.com\",\"allowMethods\":\"POST\",\"allowHeaders\":\"content-type,authorization\",\"exposeHeaders\":\"\",\"allowCredentials\":false,\"maxAge\":600}"
          Tags = [
            {
              Key   = "virga:app"
              Value = "click_archive"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "public"
            },
          ]
        }
      }
      PublicPostClicksToCountCors = {
        Type      = "ALIYUN::ApiGateway::PluginAttachment"
        DependsOn = ["PublicPostClicksToCountDeployment"]
        Properties = {
          ApiId = {
            "Fn::GetAtt" = ["PublicPostClicksToCountApi", "ApiId"]
          }
          PluginId = {
            "Fn::GetAtt" = ["PublicCors", "PluginId"]
          }
          StageName = "RELEASE"
        }
      }
      PublicTraffic = {
        Type = "ALIYUN::ApiGateway::TrafficControl"
        Properties = {
          TrafficControlName = "click_archive-default-public"
          TrafficControlUnit = "MINUTE"
          ApiDefault         = 12000
        }
      }
      PublicTrafficBinding = {
        Type      = "ALIYUN::ApiGateway::TrafficControlBinding"
        DependsOn = ["PublicPostClicksToCountDeployment"]
        Properties = {
          GroupId = alicloud_api_gateway_group.public_group.id
          ApiIds = [
            {
              "Fn::GetAtt" = ["PublicPostClicksToCountApi", "ApiId"]
            },
          ]
          StageName = "RELEASE"
          TrafficControlId = {
            "Fn::GetAtt" = ["PublicTraffic", "TrafficControlId"]
          }
        }
      }
      PublicPostClicksToCountApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.public_group.id
          ApiName    = "click_archive-default-public-POST_clicks"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "POST"
            RequestPath       = "/clicks"
            RequestMode       = "PASSTHROUGH"
          }
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = data.alicloud_regions.current.regions[0].id
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.count_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.public_invoker_role.arn
            }
            ServiceTimeOut = 5000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "click_archive"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "public"
            },
          ]
        }
      }
      PublicPostClicksToCountDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.public_group.id
          ApiId = {
            "Fn::GetAtt" = ["PublicPostClicksToCountApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "36009397ee57"
        }
      }
    }
  })
  depends_on = [alicloud_ram_role_policy_attachment.public_invoker_role]
}
