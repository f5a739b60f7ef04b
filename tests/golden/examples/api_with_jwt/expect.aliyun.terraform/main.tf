# Made by Virga from the app api_with_jwt, stage default. Change the .virga file, not this one.

# Notes of signed-in users

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_ots_instance" "table_instance" {
  name          = "api-with-3b9d30"
  instance_type = "HighPerformance"
  accessed_by   = "Any"
  tags = {
    "virga:app"   = "api_with_jwt"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_project" "log_project" {
  project_name = "api-with-jwt--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "api_with_jwt"
    "virga:stage" = "default"
  }
}

resource "alicloud_ots_table" "notes_table" {
  instance_name = alicloud_ots_instance.table_instance.name
  table_name    = "api_with_jwt__default__notes"
  max_version   = 1
  time_to_live  = -1

  primary_key {
    name = "user"
    type = "String"
  }

  primary_key {
    name = "note"
    type = "String"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_api_gateway_group" "api_door_group" {
  name        = "api_with_jwt-default-api-door"
  description = "virga:app=api_with_jwt, virga:stage=default, virga:node=api.door"
}

resource "alicloud_ram_role" "api_door_invoker_role" {
  role_name = "api-with-jwt--default--api--door--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "api_with_jwt"
    "virga:stage" = "default"
    "virga:node"  = "api.door"
  }
}

resource "alicloud_ram_policy" "api_door_invoker_role" {
  policy_name = "api-with-jwt--default--api--door--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/api_with_jwt-default-api-handler"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "api_door_invoker_role" {
  policy_name = alicloud_ram_policy.api_door_invoker_role.policy_name
  policy_type = alicloud_ram_policy.api_door_invoker_role.type
  role_name   = alicloud_ram_role.api_door_invoker_role.role_name
}

resource "alicloud_log_store" "api_handler_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "api_with_jwt-default-api-handler"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "api_handler_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.api_handler_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "api_handler_role" {
  role_name = "api-with-jwt--default--api--handler-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "api_with_jwt"
    "virga:stage" = "default"
    "virga:node"  = "api.handler"
  }
}

resource "alicloud_ram_policy" "api_handler_role" {
  policy_name = "api-with-jwt--default--api--handler-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.api_handler_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["ots:GetRow", "ots:GetRange", "ots:BatchGetRow"]
        Resource = ["acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.notes_table.table_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["ots:PutRow", "ots:UpdateRow", "ots:DeleteRow", "ots:BatchWriteRow"]
        Resource = ["acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.notes_table.table_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "api_handler_role" {
  policy_name = alicloud_ram_policy.api_handler_role.policy_name
  policy_type = alicloud_ram_policy.api_handler_role.type
  role_name   = alicloud_ram_role.api_handler_role.role_name
}

resource "alicloud_fcv3_function" "api_handler_function" {
  function_name        = "api_with_jwt-default-api-handler"
  runtime              = "nodejs20"
  handler              = "notes.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    NOTES_TABLE_NAME     = alicloud_ots_table.notes_table.table_name
    NOTES_TABLE_INSTANCE = alicloud_ots_instance.table_instance.name
    NOTES_TABLE_ENDPOINT = "https://${alicloud_ots_instance.table_instance.name}.${data.alicloud_regions.current.regions[0].id}.ots.aliyuncs.com"
    TOKEN_ISSUER         = "https://login.example.com/"
    TOKEN_AUDIENCE       = "notes"
  }
  role = alicloud_ram_role.api_handler_role.arn
  tags = {
    "virga:app"   = "api_with_jwt"
    "virga:stage" = "default"
    "virga:node"  = "api.handler"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "api_with_jwt/api-handler-bee9253b6705.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.api_handler_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.api_handler_role]
}

resource "alicloud_ros_stack" "stack" {
  stack_name = "api_with_jwt-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      ApiCallersTokenCheck = {
        Type = "ALIYUN::ApiGateway::Plugin"
        Properties = {
          PluginName = "api_with_jwt-default-api-callers-jwtAuth"
          PluginType = "jwtAuth"
          PluginData = "{\"parameter\":\"Authorization\",\"parameterLocation\":\"header\",\"claimParameters\":[{\"claimName\":\"iss\",\"parameterName\":\"x-jwt-iss\",\"location\":\"header\"},{\"claimName\":\"aud\",\"parameterName\":\"x-jwt-aud\",\"location\":\"header\"},{\"claimName\":\"sub\",\"parameterName\":\"x-jwt-sub\",\"location\":\"header\"}],\"jwks\":${var.login_keys}}"
          Tags = [
            {
              Key   = "virga:app"
              Value = "api_with_jwt"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "api.callers"
            },
          ]
        }
      }
      ApiDoorAnyPathToApiHandlerTokenCheck = {
        Type      = "ALIYUN::ApiGateway::PluginAttachment"
        DependsOn = ["ApiDoorAnyPathToApiHandlerDeployment"]
        Properties = {
          ApiId = {
            "Fn::GetAtt" = ["ApiDoorAnyPathToApiHandlerApi", "ApiId"]
          }
          PluginId = {
            "Fn::GetAtt" = ["ApiCallersTokenCheck", "PluginId"]
          }
          StageName = "RELEASE"
        }
      }
      ApiDoorTraffic = {
        Type = "ALIYUN::ApiGateway::TrafficControl"
        Properties = {
          TrafficControlName = "api_with_jwt-default-api-door"
          TrafficControlUnit = "MINUTE"
          ApiDefault         = 3000
        }
      }
      ApiDoorTrafficBinding = {
        Type      = "ALIYUN::ApiGateway::TrafficControlBinding"
        DependsOn = ["ApiDoorAnyPathToApiHandlerDeployment", "ApiDoorGetHealthToApiHandlerDeployment"]
        Properties = {
          GroupId = alicloud_api_gateway_group.api_door_group.id
          ApiIds = [
            {
              "Fn::GetAtt" = ["ApiDoorAnyPathToApiHandlerApi", "ApiId"]
            },
            {
              "Fn::GetAtt" = ["ApiDoorGetHealthToApiHandlerApi", "ApiId"]
            },
          ]
          StageName = "RELEASE"
          TrafficControlId = {
            "Fn::GetAtt" = ["ApiDoorTraffic", "TrafficControlId"]
          }
        }
      }
      ApiDoorAnyPathToApiHandlerApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.api_door_group.id
          ApiName    = "api_with_jwt-default-api-door-ANY__path-81ecb0"
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
              FunctionName = alicloud_fcv3_function.api_handler_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.api_door_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "api_with_jwt"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "api.door"
            },
          ]
        }
      }
      ApiDoorAnyPathToApiHandlerDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.api_door_group.id
          ApiId = {
            "Fn::GetAtt" = ["ApiDoorAnyPathToApiHandlerApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "3f6fa1b2c274"
        }
      }
      ApiDoorGetHealthToApiHandlerApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.api_door_group.id
          ApiName    = "api_with_jwt-default-api-door-GET_health"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "GET"
            RequestPath       = "/health"
            RequestMode       = "PASSTHROUGH"
          }
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = data.alicloud_regions.current.regions[0].id
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.api_handler_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.api_door_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "api_with_jwt"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "api.door"
            },
          ]
        }
      }
      ApiDoorGetHealthToApiHandlerDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.api_door_group.id
          ApiId = {
            "Fn::GetAtt" = ["ApiDoorGetHealthToApiHandlerApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "d3cc984b42dd"
        }
      }
    }
  })
  depends_on = [alicloud_ram_role_policy_attachment.api_door_invoker_role]
}
