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

resource "alicloud_fcv3_layer_version" "base_layer0bb309" {
  layer_name  = "shop-default-base"
  acl         = "0"
  description = "What all functions need"
  license     = "MIT"

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/base-5ef20978f245.zip"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "alicloud_fcv3_layer_version" "shared_layer1124b3" {
  layer_name         = "shop-default-shared"
  acl                = "0"
  compatible_runtime = ["nodejs20", "python3.12"]

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/shared-b394084e97fc.zip"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "alicloud_log_store" "reader_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-reader"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "reader_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.reader_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "reader_role" {
  role_name = "shop--default--reader-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "reader"
  }
}

resource "alicloud_ram_policy" "reader_role" {
  policy_name = "shop--default--reader-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.reader_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "reader_role" {
  policy_name = alicloud_ram_policy.reader_role.policy_name
  policy_type = alicloud_ram_policy.reader_role.type
  role_name   = alicloud_ram_role.reader_role.role_name
}

resource "alicloud_fcv3_function" "reader_function" {
  function_name = "shop-default-reader"
  runtime       = "nodejs20"
  handler       = "index.handler"
  layers = [
    alicloud_fcv3_layer_version.shared_layer1124b3.layer_version_arn,
    alicloud_fcv3_layer_version.base_layer0bb309.layer_version_arn,
  ]
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.reader_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/reader-95d3900e7950.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.reader_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.reader_role]
}

resource "alicloud_log_store" "plain_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-plain"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "plain_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.plain_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "plain_role" {
  role_name = "shop--default--plain-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "plain"
  }
}

resource "alicloud_ram_policy" "plain_role" {
  policy_name = "shop--default--plain-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.plain_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "plain_role" {
  policy_name = alicloud_ram_policy.plain_role.policy_name
  policy_type = alicloud_ram_policy.plain_role.type
  role_name   = alicloud_ram_role.plain_role.role_name
}

resource "alicloud_fcv3_function" "plain_function" {
  function_name        = "shop-default-plain"
  runtime              = "nodejs20"
  handler              = "index.handler"
  layers               = [alicloud_fcv3_layer_version.base_layer0bb309.layer_version_arn]
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.plain_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "plain"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/plain-95d3900e7950.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.plain_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.plain_role]
}
