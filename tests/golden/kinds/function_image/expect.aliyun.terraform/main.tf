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

resource "alicloud_log_store" "render_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-render"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "render_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.render_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "render_role" {
  role_name = "shop--default--render-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "render"
  }
}

resource "alicloud_ram_policy" "render_role" {
  policy_name = "shop--default--render-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.render_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/shop-default-convert"]
      },
      {
        Effect   = "Allow"
        Action   = ["cr:GetAuthorizationToken", "cr:GetRepository", "cr:GetRepositoryTag", "cr:PullRepository"]
        Resource = ["*"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "render_role" {
  policy_name = alicloud_ram_policy.render_role.policy_name
  policy_type = alicloud_ram_policy.render_role.type
  role_name   = alicloud_ram_role.render_role.role_name
}

resource "alicloud_fcv3_function" "render_function" {
  function_name        = "shop-default-render"
  runtime              = "custom-container"
  handler              = "index.handler"
  memory_size          = 1024
  cpu                  = 0.25
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    CONVERT_FUNCTION_NAME = "shop-default-convert"
  }
  role = alicloud_ram_role.render_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "render"
  }

  custom_container_config {
    image = var.image
    port  = 9000
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.render_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.render_role]
}

resource "alicloud_fcv3_function_version" "render_version374cc8bfb18f" {
  function_name = alicloud_fcv3_function.render_function.function_name
  description   = "374cc8bfb18f"

  lifecycle {
    create_before_destroy = true
    prevent_destroy       = true
  }
}

resource "alicloud_fcv3_alias" "render_alias" {
  function_name = alicloud_fcv3_function.render_function.function_name
  alias_name    = "live"
  version_id    = alicloud_fcv3_function_version.render_version374cc8bfb18f.version_id
}

resource "alicloud_log_store" "convert_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-convert"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "convert_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.convert_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "convert_role" {
  role_name = "shop--default--convert-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "convert"
  }
}

resource "alicloud_ram_policy" "convert_role" {
  policy_name = "shop--default--convert-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.convert_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["cr:GetAuthorizationToken", "cr:GetRepository", "cr:GetRepositoryTag", "cr:PullRepository"]
        Resource = ["*"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "convert_role" {
  policy_name = alicloud_ram_policy.convert_role.policy_name
  policy_type = alicloud_ram_policy.convert_role.type
  role_name   = alicloud_ram_role.convert_role.role_name
}

resource "alicloud_fcv3_function" "convert_function" {
  function_name        = "shop-default-convert"
  runtime              = "custom-container"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 60
  instance_concurrency = 10
  internet_access      = true
  role                 = alicloud_ram_role.convert_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "convert"
  }

  custom_container_config {
    image      = var.image
    entrypoint = ["/bin/convert"]
    command    = ["--serve"]
    port       = 8080
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.convert_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.convert_role]
}
