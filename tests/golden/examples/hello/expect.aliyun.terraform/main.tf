# Made by Virga from the app hello, stage default. Change the .virga file, not this one.

# Says hello

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "hello--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "hello"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_store" "greeter_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "hello-default-greeter"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "greeter_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.greeter_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "greeter_role" {
  role_name = "hello--default--greeter-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "hello"
    "virga:stage" = "default"
    "virga:node"  = "greeter"
  }
}

resource "alicloud_ram_policy" "greeter_role" {
  policy_name = "hello--default--greeter-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.greeter_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "greeter_role" {
  policy_name = alicloud_ram_policy.greeter_role.policy_name
  policy_type = alicloud_ram_policy.greeter_role.type
  role_name   = alicloud_ram_role.greeter_role.role_name
}

resource "alicloud_fcv3_function" "greeter_function" {
  function_name        = "hello-default-greeter"
  runtime              = "nodejs20"
  handler              = "greeter.handler"
  memory_size          = 128
  cpu                  = 0.05
  disk_size            = 512
  timeout              = 5
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    GREETED = var.greeted
  }
  role = alicloud_ram_role.greeter_role.arn
  tags = {
    "virga:app"   = "hello"
    "virga:stage" = "default"
    "virga:node"  = "greeter"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "hello/greeter-5f7ddeb4d6be.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.greeter_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.greeter_role]
}

resource "alicloud_fcv3_trigger" "greeter_http_trigger" {
  function_name = alicloud_fcv3_function.greeter_function.function_name
  trigger_name  = "http"
  trigger_type  = "http"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    authType           = "anonymous"
    disableURLInternet = false
    methods            = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"]
  })
}
