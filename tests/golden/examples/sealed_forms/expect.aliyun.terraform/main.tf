# Made by Virga from the app sealed_forms, stage default. Change the .virga file, not this one.

# Forms that lie encrypted

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "sealed-forms--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
  }
}

resource "alicloud_kms_key" "seal_key" {
  description            = "Forms that people sent in"
  key_spec               = "Aliyun_AES_256"
  key_usage              = "ENCRYPT/DECRYPT"
  dkms_instance_id       = var.seal_instance
  automatic_rotation     = "Enabled"
  rotation_interval      = "180d"
  pending_window_in_days = 30
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "seal"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_kms_alias" "seal_alias" {
  alias_name = "alias/sealed_forms-default-seal"
  key_id     = alicloud_kms_key.seal_key.id
}

resource "alicloud_oss_bucket" "forms_bucket" {
  bucket          = "sealed-forms--default--forms-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "forms"
  }

  server_side_encryption_rule {
    sse_algorithm     = "KMS"
    kms_master_key_id = alicloud_kms_key.seal_key.id
  }

  versioning {
    status = "Enabled"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oss_bucket_acl" "forms_bucket" {
  bucket     = alicloud_oss_bucket.forms_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.forms_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "forms_bucket" {
  bucket              = alicloud_oss_bucket.forms_bucket.bucket
  block_public_access = true
}

resource "alicloud_ram_role" "trail_key_role" {
  role_name = "sealed-forms--default--trail--key-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "trail"
  }
}

resource "alicloud_ram_policy" "trail_key_role" {
  policy_name = "sealed-forms--default--trail--key-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Describe*", "kms:List*"]
        Resource = ["*"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:key/${alicloud_kms_key.seal_key.id}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "trail_key_role" {
  policy_name = alicloud_ram_policy.trail_key_role.policy_name
  policy_type = alicloud_ram_policy.trail_key_role.type
  role_name   = alicloud_ram_role.trail_key_role.role_name
}

resource "alicloud_log_store" "trail_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "sealed_forms-default-trail"
  retention_period      = 90
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64

  encrypt_conf {
    enable       = true
    encrypt_type = "default"

    user_cmk_info {
      cmk_key_id = alicloud_kms_key.seal_key.id
      region_id  = data.alicloud_regions.current.regions[0].id
      arn        = alicloud_ram_role.trail_key_role.arn
    }
  }

  depends_on = [alicloud_ram_role_policy_attachment.trail_key_role]
}

resource "alicloud_log_store_index" "trail_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.trail_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "take_role" {
  role_name = "sealed-forms--default--take-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }
}

resource "alicloud_ram_policy" "take_role" {
  policy_name = "sealed-forms--default--take-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.trail_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:PutObject", "oss:DeleteObject", "oss:AbortMultipartUpload"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.forms_bucket.bucket}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:key/${alicloud_kms_key.seal_key.id}"]
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
  function_name        = "sealed_forms-default-take"
  runtime              = "python3.12"
  handler              = "forms.take"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    FORMS_BUCKET_NAME     = alicloud_oss_bucket.forms_bucket.bucket
    FORMS_BUCKET_ENDPOINT = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
  }
  role = alicloud_ram_role.take_role.arn
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "sealed_forms/take-2c665299afe2.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.trail_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.take_role]
}

resource "alicloud_ram_role" "open_role" {
  role_name = "sealed-forms--default--open-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "alicloud_ram_policy" "open_role" {
  policy_name = "sealed-forms--default--open-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.trail_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:GetObject"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.forms_bucket.bucket}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:ListObjects"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.forms_bucket.bucket}"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:key/${alicloud_kms_key.seal_key.id}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "open_role" {
  policy_name = alicloud_ram_policy.open_role.policy_name
  policy_type = alicloud_ram_policy.open_role.type
  role_name   = alicloud_ram_role.open_role.role_name
}

resource "alicloud_fcv3_function" "open_function" {
  function_name        = "sealed_forms-default-open"
  runtime              = "python3.12"
  handler              = "forms.open"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    FORMS_BUCKET_NAME     = alicloud_oss_bucket.forms_bucket.bucket
    FORMS_BUCKET_ENDPOINT = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
  }
  role = alicloud_ram_role.open_role.arn
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "sealed_forms/open-2c665299afe2.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.trail_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.open_role]
}

resource "alicloud_api_gateway_group" "public_group" {
  name        = "sealed_forms-default-public"
  description = "virga:app=sealed_forms, virga:stage=default, virga:node=public"
}

resource "alicloud_ram_role" "public_invoker_role" {
  role_name = "sealed-forms--default--public--invoker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "alicloud_ram_policy" "public_invoker_role" {
  policy_name = "sealed-forms--default--public--invoker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = ["fc:InvokeFunction"]
        Resource = [
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/sealed_forms-default-take",
          "acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/sealed_forms-default-open",
        ]
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
  stack_name = "sealed_forms-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      StaffOfficeApp = {
        Type = "ALIYUN::ApiGateway::App"
        Properties = {
          AppName = "sealed_forms-defaul-f26fe4"
          Tags = [
            {
              Key   = "virga:app"
              Value = "sealed_forms"
            },
            {
              Key   = "virga:stage"
              Value = "default"
            },
            {
              Key   = "virga:node"
              Value = "staff"
            },
          ]
        }
      }
      StaffPublicAuthorization = {
        Type      = "ALIYUN::ApiGateway::Authorization"
        DependsOn = ["PublicGetFormsIdToOpenDeployment"]
        Properties = {
          GroupId = alicloud_api_gateway_group.public_group.id
          ApiIds = [
            {
              "Fn::GetAtt" = ["PublicGetFormsIdToOpenApi", "ApiId"]
            },
          ]
          AppIds = [
            {
              "Fn::GetAtt" = ["StaffOfficeApp", "AppId"]
            },
          ]
          StageName = "RELEASE"
        }
      }
      PublicTraffic = {
        Type = "ALIYUN::ApiGateway::TrafficControl"
        Properties = {
          TrafficControlName = "sealed_forms-default-public"
          TrafficControlUnit = "MINUTE"
          ApiDefault         = 1200
        }
      }
      PublicTrafficBinding = {
        Type      = "ALIYUN::ApiGateway::TrafficControlBinding"
        DependsOn = ["PublicGetFormsIdToOpenDeployment", "PublicPostFormsToTakeDeployment"]
        Properties = {
          GroupId = alicloud_api_gateway_group.public_group.id
          ApiIds = [
            {
              "Fn::GetAtt" = ["PublicPostFormsToTakeApi", "ApiId"]
            },
            {
              "Fn::GetAtt" = ["PublicGetFormsIdToOpenApi", "ApiId"]
            },
          ]
          StageName = "RELEASE"
          TrafficControlId = {
            "Fn::GetAtt" = ["PublicTraffic", "TrafficControlId"]
          }
        }
      }
      PublicPostFormsToTakeApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId    = alicloud_api_gateway_group.public_group.id
          ApiName    = "sealed_forms-default-public-POST_forms"
          Visibility = "PRIVATE"
          AuthType   = "ANONYMOUS"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "POST"
            RequestPath       = "/forms"
            RequestMode       = "PASSTHROUGH"
          }
          ServiceConfig = {
            ServiceProtocol = "FunctionCompute"
            FunctionComputeConfig = {
              FcRegionId   = data.alicloud_regions.current.regions[0].id
              FcVersion    = "3.0"
              FcType       = "FCEvent"
              FunctionName = alicloud_fcv3_function.take_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.public_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "sealed_forms"
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
      PublicPostFormsToTakeDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.public_group.id
          ApiId = {
            "Fn::GetAtt" = ["PublicPostFormsToTakeApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "0c1bc00eb4fb"
        }
      }
      PublicGetFormsIdToOpenApi = {
        Type = "ALIYUN::ApiGateway::Api"
        Properties = {
          GroupId         = alicloud_api_gateway_group.public_group.id
          ApiName         = "sealed_forms-default-public-GET_forms__id-206347"
          Visibility      = "PRIVATE"
          AuthType        = "APP"
          AppCodeAuthType = "HEADER"
          RequestConfig = {
            RequestProtocol   = "HTTPS"
            RequestHttpMethod = "GET"
            RequestPath       = "/forms/[id]"
            RequestMode       = "PASSTHROUGH"
          }
          RequestParameters = [
            {
              ApiParameterName = "id"
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
              FunctionName = alicloud_fcv3_function.open_function.function_name
              Qualifier    = "LATEST"
              RoleArn      = alicloud_ram_role.public_invoker_role.arn
            }
            ServiceTimeOut = 10000
          }
          ResultType = "PASSTHROUGH"
          Tags = [
            {
              Key   = "virga:app"
              Value = "sealed_forms"
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
      PublicGetFormsIdToOpenDeployment = {
        Type = "ALIYUN::ApiGateway::Deployment"
        Properties = {
          GroupId = alicloud_api_gateway_group.public_group.id
          ApiId = {
            "Fn::GetAtt" = ["PublicGetFormsIdToOpenApi", "ApiId"]
          }
          StageName   = "RELEASE"
          Description = "41af08030ec5"
        }
      }
    }
  })
  depends_on = [alicloud_ram_role_policy_attachment.public_invoker_role]
}
