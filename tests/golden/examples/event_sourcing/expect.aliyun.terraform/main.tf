# Made by Virga from the app event_sourcing, stage default. Change the .virga file, not this one.

# Accounts as a row of movements

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_ots_instance" "table_instance" {
  name          = "event-sou-1d8ec6"
  instance_type = "HighPerformance"
  accessed_by   = "Any"
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_project" "log_project" {
  project_name = "event-sourcing--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_store" "move_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "event_sourcing-default-move"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "move_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.move_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "move_role" {
  role_name = "event-sourcing--default--move-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "move"
  }
}

resource "alicloud_ram_policy" "move_role" {
  policy_name = "event-sourcing--default--move-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.move_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["ots:PutRow", "ots:UpdateRow", "ots:DeleteRow", "ots:BatchWriteRow"]
        Resource = ["acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.accounts_events_table.table_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "move_role" {
  policy_name = alicloud_ram_policy.move_role.policy_name
  policy_type = alicloud_ram_policy.move_role.type
  role_name   = alicloud_ram_role.move_role.role_name
}

resource "alicloud_fcv3_function" "move_function" {
  function_name        = "event_sourcing-default-move"
  runtime              = "python3.12"
  handler              = "move.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ACCOUNTS_EVENTS_TABLE_NAME     = alicloud_ots_table.accounts_events_table.table_name
    ACCOUNTS_EVENTS_TABLE_INSTANCE = alicloud_ots_instance.table_instance.name
    ACCOUNTS_EVENTS_TABLE_ENDPOINT = "https://${alicloud_ots_instance.table_instance.name}.${data.alicloud_regions.current.regions[0].id}.ots.aliyuncs.com"
  }
  role = alicloud_ram_role.move_role.arn
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "move"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "event_sourcing/move-b3b00a3e5460.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.move_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.move_role]
}

resource "alicloud_log_store" "balance_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "event_sourcing-default-balance"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "balance_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.balance_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "balance_role" {
  role_name = "event-sourcing--default--balance-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "balance"
  }
}

resource "alicloud_ram_policy" "balance_role" {
  policy_name = "event-sourcing--default--balance-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.balance_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["ots:GetRow", "ots:GetRange", "ots:BatchGetRow"]
        Resource = ["acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.accounts_views_table.table_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "balance_role" {
  policy_name = alicloud_ram_policy.balance_role.policy_name
  policy_type = alicloud_ram_policy.balance_role.type
  role_name   = alicloud_ram_role.balance_role.role_name
}

resource "alicloud_fcv3_function" "balance_function" {
  function_name        = "event_sourcing-default-balance"
  runtime              = "python3.12"
  handler              = "balance.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ACCOUNTS_VIEWS_TABLE_NAME     = alicloud_ots_table.accounts_views_table.table_name
    ACCOUNTS_VIEWS_TABLE_INSTANCE = alicloud_ots_instance.table_instance.name
    ACCOUNTS_VIEWS_TABLE_ENDPOINT = "https://${alicloud_ots_instance.table_instance.name}.${data.alicloud_regions.current.regions[0].id}.ots.aliyuncs.com"
  }
  role = alicloud_ram_role.balance_role.arn
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "balance"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "event_sourcing/balance-b3b00a3e5460.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.balance_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.balance_role]
}

resource "alicloud_api_gateway_group" "bank_group" {
  name        = "event_sourcing-default-bank"
  description = "virga:app=event_sourcing, virga:stage=default, virga:node=bank"
}

resource "alicloud_ram_role" "bank_invoker_role" {
  role_name = "event-sourcing--default--bank--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "bank"
  }
}

resource "alicloud_ram_policy" "bank_invoker_role" {
  policy_name = "event-sourcing--default--bank--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = ["fc:InvokeFunction"]
        Resource = [
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/event_sourcing-default-move",
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/event_sourcing-default-balance",
        ]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "bank_invoker_role" {
  policy_name = alicloud_ram_policy.bank_invoker_role.policy_name
  policy_type = alicloud_ram_policy.bank_invoker_role.type
  role_name   = alicloud_ram_role.bank_invoker_role.role_name
}

resource "alicloud_ots_table" "accounts_events_table" {
  instance_name = alicloud_ots_instance.table_instance.name
  table_name    = "event_sourcing__default__accounts__events"
  max_version   = 1
  time_to_live  = -1

  primary_key {
    name = "stream"
    type = "String"
  }

  primary_key {
    name = "version"
    type = "Integer"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_ram_role" "accounts_events_invoker_role" {
  role_name = "event-sourcing--default--accounts--events-748aa5-${data.alicloud_regions.current.regions[0].id}"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["ots.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "accounts.events"
  }
}

resource "alicloud_ram_policy" "accounts_events_invoker_role" {
  policy_name = "event-sourcing--default--accounts--events-748aa5-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/event_sourcing-default-accounts-projector"]
      },
      {
        Effect = "Allow"
        Action = ["ots:BatchGet*", "ots:Describe*", "ots:Get*", "ots:List*"]
        Resource = [
          "acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}",
          "acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.accounts_events_table.table_name}",
        ]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "accounts_events_invoker_role" {
  policy_name = alicloud_ram_policy.accounts_events_invoker_role.policy_name
  policy_type = alicloud_ram_policy.accounts_events_invoker_role.type
  role_name   = alicloud_ram_role.accounts_events_invoker_role.role_name
}

resource "alicloud_fcv3_trigger" "accounts_events_changes_to_accounts_projector_trigger" {
  function_name   = alicloud_fcv3_function.accounts_projector_function.function_name
  trigger_name    = "accounts-events-changes"
  trigger_type    = "tablestore"
  qualifier       = "LATEST"
  source_arn      = "acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.accounts_events_table.table_name}"
  invocation_role = alicloud_ram_role.accounts_events_invoker_role.arn
  trigger_config  = jsonencode({})
  depends_on      = [alicloud_ram_role_policy_attachment.accounts_events_invoker_role]
}

resource "alicloud_ots_table" "accounts_views_table" {
  instance_name = alicloud_ots_instance.table_instance.name
  table_name    = "event_sourcing__default__accounts__views"
  max_version   = 1
  time_to_live  = -1

  primary_key {
    name = "id"
    type = "String"
  }

  lifecycle {
    prevent_destroy = false
  }
}

resource "alicloud_log_store" "accounts_projector_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "event_sourcing-default-accounts-projector"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "accounts_projector_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.accounts_projector_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "accounts_projector_role" {
  role_name = "event-sourcing--default--accounts--projector-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "accounts.projector"
  }
}

resource "alicloud_ram_policy" "accounts_projector_role" {
  policy_name = "event-sourcing--default--accounts--projector-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.accounts_projector_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["ots:GetRow", "ots:GetRange", "ots:BatchGetRow"]
        Resource = ["acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.accounts_views_table.table_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["ots:PutRow", "ots:UpdateRow", "ots:DeleteRow", "ots:BatchWriteRow"]
        Resource = ["acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.accounts_views_table.table_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "accounts_projector_role" {
  policy_name = alicloud_ram_policy.accounts_projector_role.policy_name
  policy_type = alicloud_ram_policy.accounts_projector_role.type
  role_name   = alicloud_ram_role.accounts_projector_role.role_name
}

resource "alicloud_fcv3_function" "accounts_projector_function" {
  function_name        = "event_sourcing-default-accounts-projector"
  runtime              = "python3.12"
  handler              = "project.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 30
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ACCOUNTS_VIEWS_TABLE_NAME     = alicloud_ots_table.accounts_views_table.table_name
    ACCOUNTS_VIEWS_TABLE_INSTANCE = alicloud_ots_instance.table_instance.name
    ACCOUNTS_VIEWS_TABLE_ENDPOINT = "https://${alicloud_ots_instance.table_instance.name}.${data.alicloud_regions.current.regions[0].id}.ots.aliyuncs.com"
  }
  role = alicloud_ram_role.accounts_projector_role.arn
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "accounts.projector"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "event_sourcing/accounts-projector-b3b00a3e5460.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.accounts_projector_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.accounts_projector_role]
}

resource "alicloud_ros_stack" "stack" {
  stack_name = "event_sourcing-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      BankTraffic = {
        Type = "ALIYUN::ApiGateway::TrafficControl"
        Properties = {
          TrafficControlName = "event_sourcing-default-bank"
          TrafficControlUnit = "MINUTE"
          ApiDefault         = 1200
        }
      }
      BankTrafficBinding = {
        Type      = "ALIYUN::ApiGateway::TrafficControlBinding"
        DependsOn = ["BankGetAccountsAccountToBalanceDeployment", "BankPostAccountsAccountMovementsToMoveDeployment"]
        Properties = {
          GroupId = alicloud_api_gateway_group.bank_group.id
          ApiIds = [
            {
              "Fn::GetAtt" = ["BankPostAccountsAccountMovementsToMoveApi", "ApiId"]
            },
            {
              "Fn::GetAtt" = ["BankGetAccountsAccountToBalanceApi", "ApiId"]
            },
          ]
          StageName = "RELEASE"
          TrafficControlId = {
            "Fn::GetAtt" = ["BankTraffic", "TrafficControlId"]
          }
        }
      }
      BankPostAccountsAccountMovementsToMoveApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.bank_group.id
          ApiName    = "event_sourcing-default-bank-POST_accounts-8ca885"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "POST"
            RequestPath       = "/accounts/[account]/movements"
            RequestMode       = "PASSTHROUGH"
          }
          RequestParameters = [
            {
              ApiParameterName = "account"
              Location         = "PATH"
              ParameterType    = "String"
              Required         = "REQUIRED"
            },
          ]
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = data.alicloud_regions.current.regions[0].id
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.move_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.bank_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "event_sourcing"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "bank"
            },
          ]
        }
      }
      BankPostAccountsAccountMovementsToMoveDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.bank_group.id
          ApiId = {
            "Fn::GetAtt" = ["BankPostAccountsAccountMovementsToMoveApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "8f14236d1d15"
        }
      }
      BankGetAccountsAccountToBalanceApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.bank_group.id
          ApiName    = "event_sourcing-default-bank-GET_accounts__a-b953b5"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "GET"
            RequestPath       = "/accounts/[account]"
            RequestMode       = "PASSTHROUGH"
          }
          RequestParameters = [
            {
              ApiParameterName = "account"
              Location         = "PATH"
              ParameterType    = "String"
              Required         = "REQUIRED"
            },
          ]
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = data.alicloud_regions.current.regions[0].id
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.balance_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.bank_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "event_sourcing"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "bank"
            },
          ]
        }
      }
      BankGetAccountsAccountToBalanceDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.bank_group.id
          ApiId = {
            "Fn::GetAtt" = ["BankGetAccountsAccountToBalanceApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "e11f10c4b2d8"
        }
      }
    }
  })
  depends_on = [alicloud_ram_role_policy_attachment.bank_invoker_role]
}
