# Made by Virga from the app express, stage default. Change the .virga file, not this one.

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "express--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "express"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_store" "worker_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "express-default-worker"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "worker_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.worker_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "worker_role" {
  role_name = "express--default--worker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "express"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }
}

resource "alicloud_ram_policy" "worker_role" {
  policy_name = "express--default--worker-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.worker_logstore.logstore_name}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "worker_role" {
  policy_name = alicloud_ram_policy.worker_role.policy_name
  policy_type = alicloud_ram_policy.worker_role.type
  role_name   = alicloud_ram_role.worker_role.role_name
}

resource "alicloud_fcv3_function" "worker_function" {
  function_name        = "express-default-worker"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  role                 = alicloud_ram_role.worker_role.arn
  tags = {
    "virga:app"   = "express"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "express/worker-0c5740e30622.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.worker_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.worker_role]
}

resource "alicloud_fcv3_async_invoke_config" "worker_async_config" {
  function_name                  = alicloud_fcv3_function.worker_function.function_name
  max_async_retry_attempts       = 2
  max_async_event_age_in_seconds = 21600
  async_task                     = false
}

resource "alicloud_log_store" "shop_window_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "express-default-shop_window"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "shop_window_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.shop_window_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "shop_window_role" {
  role_name = "express--default--shop-window-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "express"
    "virga:stage" = "default"
    "virga:node"  = "shop_window"
  }
}

resource "alicloud_ram_policy" "shop_window_role" {
  policy_name = "express--default--shop-window-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.shop_window_logstore.logstore_name}"]
      },
      {
        Effect = "Allow"
        Action = ["fnf:StartSyncExecution"]
        Resource = [
          "acs:fnf:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:flow/express-default-quick",
          "acs:fnf:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:flows/express-default-quick/executions/*",
        ]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "shop_window_role" {
  policy_name = alicloud_ram_policy.shop_window_role.policy_name
  policy_type = alicloud_ram_policy.shop_window_role.type
  role_name   = alicloud_ram_role.shop_window_role.role_name
}

resource "alicloud_fcv3_function" "shop_window_function" {
  function_name        = "express-default-shop_window"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    QUICK_WORKFLOW_NAME = "express-default-quick"
  }
  role = alicloud_ram_role.shop_window_role.arn
  tags = {
    "virga:app"   = "express"
    "virga:stage" = "default"
    "virga:node"  = "shop_window"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "express/shop_window-0c5740e30622.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.shop_window_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.shop_window_role]
}

resource "alicloud_ram_role" "quick_role" {
  role_name = "express--default--quick-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "express"
    "virga:stage" = "default"
    "virga:node"  = "quick"
  }
}

resource "alicloud_ram_policy" "quick_role" {
  policy_name = "express--default--quick-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/express-default-worker"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "quick_role" {
  policy_name = alicloud_ram_policy.quick_role.policy_name
  policy_type = alicloud_ram_policy.quick_role.type
  role_name   = alicloud_ram_role.quick_role.role_name
}

resource "alicloud_ros_stack" "stack" {
  stack_name = "express-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      QuickFlow = {
        Type = "ALIYUN::FNF::Flow"
        Properties = {
          Name          = "express-default-quick"
          ExecutionMode = "Express"
          RoleArn       = alicloud_ram_role.quick_role.arn
          Definition    = "Type: StateMachine\nSpecVersion: v1\nName: express-default-quick\nStartAt: Begin\nStates:\n  - Type: Pass\n    Name: Begin\n    OutputConstructor:\n      input.$: $Context.Execution.Input\n      work: {}\n    Next: work\n  - Type: Task\n    Name: work\n    Action: FC:InvokeFunction\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/express-default-worker/LATEST\n      invocationType: Sync\n      body.$: $Input\n    Timeout: 10\n    OutputConstructor:\n      work.$: $Output\n      input.$: $Input.input\n    Next: Wait 1\n  - Type: Wait\n    Name: Wait 1\n    Seconds: 5\n    OutputConstructor:\n      input.$: $Input.input\n      work.$: $Input.work\n    Next: tell\n  - Type: Task\n    Name: tell\n    Action: FC:InvokeFunction\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/express-default-worker/LATEST\n      invocationType: Async\n      body.$: $Input\n    OutputConstructor:\n      input.$: $Input.input\n      work.$: $Input.work\n    End: true\n"
        }
      }
    }
  })
  depends_on = [alicloud_ram_role_policy_attachment.quick_role]
}
