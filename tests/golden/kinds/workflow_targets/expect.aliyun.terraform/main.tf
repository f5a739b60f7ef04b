# Made by Virga from the app reaches, stage default. Change the .virga file, not this one.

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "reaches--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "reaches"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_store" "worker_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "reaches-default-worker"
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
  role_name = "reaches--default--worker-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "reaches"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }
}

resource "alicloud_ram_policy" "worker_role" {
  policy_name = "reaches--default--worker-${data.alicloud_regions.current.regions[0].id}"
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
  function_name        = "reaches-default-worker"
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
    "virga:app"   = "reaches"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "reaches/worker-0c5740e30622.zip"
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

resource "alicloud_log_store" "clerk_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "reaches-default-clerk"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "clerk_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.clerk_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "clerk_role" {
  role_name = "reaches--default--clerk-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "reaches"
    "virga:stage" = "default"
    "virga:node"  = "clerk"
  }
}

resource "alicloud_ram_policy" "clerk_role" {
  policy_name = "reaches--default--clerk-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.clerk_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["fnf:ReportTaskFailed", "fnf:ReportTaskSucceeded"]
        Resource = ["*"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "clerk_role" {
  policy_name = alicloud_ram_policy.clerk_role.policy_name
  policy_type = alicloud_ram_policy.clerk_role.type
  role_name   = alicloud_ram_role.clerk_role.role_name
}

resource "alicloud_fcv3_function" "clerk_function" {
  function_name        = "reaches-default-clerk"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    MAIN_WORKFLOW_NAME = "reaches-default-main"
  }
  role = alicloud_ram_role.clerk_role.arn
  tags = {
    "virga:app"   = "reaches"
    "virga:stage" = "default"
    "virga:node"  = "clerk"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "reaches/clerk-0c5740e30622.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.clerk_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.clerk_role]
}

resource "alicloud_log_store" "shop_window_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "reaches-default-shop_window"
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
  role_name = "reaches--default--shop-window-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "reaches"
    "virga:stage" = "default"
    "virga:node"  = "shop_window"
  }
}

resource "alicloud_ram_policy" "shop_window_role" {
  policy_name = "reaches--default--shop-window-${data.alicloud_regions.current.regions[0].id}"
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
        Action = ["fnf:StartExecution"]
        Resource = [
          "acs:fnf:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:flow/reaches-default-main",
          "acs:fnf:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:flows/reaches-default-main/executions/*",
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
  function_name        = "reaches-default-shop_window"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    MAIN_WORKFLOW_NAME = "reaches-default-main"
  }
  role = alicloud_ram_role.shop_window_role.arn
  tags = {
    "virga:app"   = "reaches"
    "virga:stage" = "default"
    "virga:node"  = "shop_window"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "reaches/shop_window-0c5740e30622.zip"
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

resource "alicloud_message_service_queue" "jobs_queue" {
  queue_name               = "reaches--default--jobs"
  visibility_timeout       = 60
  delay_seconds            = 0
  message_retention_period = 345600
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "reaches"
    "virga:stage" = "default"
    "virga:node"  = "jobs"
  }
}

resource "alicloud_message_service_topic" "news_topic" {
  topic_name       = "reaches--default--news"
  max_message_size = 65536
  enable_logging   = false
  tags = {
    "virga:app"   = "reaches"
    "virga:stage" = "default"
    "virga:node"  = "news"
  }
}

resource "alicloud_fnf_schedule" "hourly_to_main_schedule" {
  schedule_name   = "reaches-default-hourly-main"
  flow_name       = alicloud_fnf_flow.main_flow.name
  cron_expression = "@every 60m"
  enable          = true
  payload         = "{\"reason\":\"by the clock\"}"
}

resource "alicloud_ram_role" "main_role" {
  role_name = "reaches--default--main-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "reaches"
    "virga:stage" = "default"
    "virga:node"  = "main"
  }
}

resource "alicloud_ram_policy" "main_role" {
  policy_name = "reaches--default--main-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/reaches-default-worker"]
      },
      {
        Effect   = "Allow"
        Action   = ["mns:SendMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.jobs_queue.queue_name}/messages"]
      },
      {
        Effect   = "Allow"
        Action   = ["mns:PublishMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.news_topic.topic_name}/messages"]
      },
      {
        Effect = "Allow"
        Action = ["fnf:StartExecution"]
        Resource = [
          "acs:fnf:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:flow/reaches-default-part",
          "acs:fnf:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:flows/reaches-default-part/executions/*",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/reaches-default-clerk"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "main_role" {
  policy_name = alicloud_ram_policy.main_role.policy_name
  policy_type = alicloud_ram_policy.main_role.type
  role_name   = alicloud_ram_role.main_role.role_name
}

resource "alicloud_fnf_flow" "main_flow" {
  name        = "reaches-default-main"
  role_arn    = alicloud_ram_role.main_role.arn
  definition  = "Type: StateMachine\nSpecVersion: v1\nName: reaches-default-main\nStartAt: Begin\nStates:\n  - Type: Pass\n    Name: Begin\n    OutputConstructor:\n      input.$: $Context.Execution.Input\n      call: {}\n      nested: {}\n      ask: {}\n      wait_for_job: {}\n    Next: call\n  - Type: Task\n    Name: call\n    Action: FC:InvokeFunction\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/reaches-default-worker/LATEST\n      invocationType: Sync\n      body.$: $Input\n    OutputConstructor:\n      call.$: $Output\n      input.$: $Input.input\n      nested.$: $Input.nested\n      ask.$: $Input.ask\n      wait_for_job.$: $Input.wait_for_job\n    Next: hand\n  - Type: Task\n    Name: hand\n    Action: FC:InvokeFunction\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/reaches-default-worker/LATEST\n      invocationType: Async\n      body.$: $Input\n    OutputConstructor:\n      input.$: $Input.input\n      call.$: $Input.call\n      nested.$: $Input.nested\n      ask.$: $Input.ask\n      wait_for_job.$: $Input.wait_for_job\n    Next: send\n  - Type: Task\n    Name: send\n    Action: MNS:SendMessage\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.jobs_queue.queue_name}/messages\n      message.$: $Input\n    Retry:\n      - Errors:\n          - FnF.ALL\n        Description: retries of send\n        MaxAttempts: 2\n        IntervalSeconds: 1\n        BackoffRate: 2\n    OutputConstructor:\n      input.$: $Input.input\n      call.$: $Input.call\n      nested.$: $Input.nested\n      ask.$: $Input.ask\n      wait_for_job.$: $Input.wait_for_job\n    Next: publish\n  - Type: Task\n    Name: publish\n    Action: MNS:SendMessage\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/topics/${alicloud_message_service_topic.news_topic.topic_name}/messages\n      message.$: $Input\n    OutputConstructor:\n      input.$: $Input.input\n      call.$: $Input.call\n      nested.$: $Input.nested\n      ask.$: $Input.ask\n      wait_for_job.$: $Input.wait_for_job\n    Next: nested\n  - Type: Task\n    Name: nested\n    Action: FNF:StartExecution\n    TaskMode: WaitForSystemCallback\n    Parameters:\n      resourceArn: acs:fnf:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:flow/reaches-default-part\n      input.$: $Input\n    OutputConstructor:\n      nested.$: $Output\n      input.$: $Input.input\n      call.$: $Input.call\n      ask.$: $Input.ask\n      wait_for_job.$: $Input.wait_for_job\n    Next: started\n  - Type: Task\n    Name: started\n    Action: FNF:StartExecution\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:fnf:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:flow/reaches-default-part\n      input.$: $Input\n    OutputConstructor:\n      input.$: $Input.input\n      call.$: $Input.call\n      nested.$: $Input.nested\n      ask.$: $Input.ask\n      wait_for_job.$: $Input.wait_for_job\n    Next: ask\n  - Type: Task\n    Name: ask\n    Action: FC:InvokeFunction\n    TaskMode: WaitForCustomCallback\n    Parameters:\n      resourceArn: acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/reaches-default-clerk/LATEST\n      invocationType: Sync\n      body:\n        token.$: $Context.Current.TaskToken\n        input.$: $Input.input\n        call.$: $Input.call\n        nested.$: $Input.nested\n        ask.$: $Input.ask\n        wait_for_job.$: $Input.wait_for_job\n    Timeout: 172800\n    OutputConstructor:\n      ask.$: $Output\n      input.$: $Input.input\n      call.$: $Input.call\n      nested.$: $Input.nested\n      wait_for_job.$: $Input.wait_for_job\n    Next: wait_for_job\n  - Type: Task\n    Name: wait_for_job\n    Action: MNS:SendMessage\n    TaskMode: WaitForCustomCallback\n    Parameters:\n      resourceArn: acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.jobs_queue.queue_name}/messages\n      message:\n        token.$: $Context.Current.TaskToken\n        input.$: $Input.input\n        call.$: $Input.call\n        nested.$: $Input.nested\n        ask.$: $Input.ask\n        wait_for_job.$: $Input.wait_for_job\n    Timeout: 3600\n    OutputConstructor:\n      wait_for_job.$: $Output\n      input.$: $Input.input\n      call.$: $Input.call\n      nested.$: $Input.nested\n      ask.$: $Input.ask\n    End: true\n"
  type        = "FDL"
  description = "MainFlow"
  depends_on  = [alicloud_ram_role_policy_attachment.main_role]
}

resource "alicloud_ram_role" "part_role" {
  role_name = "reaches--default--part-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "reaches"
    "virga:stage" = "default"
    "virga:node"  = "part"
  }
}

resource "alicloud_ram_policy" "part_role" {
  policy_name = "reaches--default--part-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["fc:InvokeFunction"]
        Resource = ["acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/reaches-default-worker"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "part_role" {
  policy_name = alicloud_ram_policy.part_role.policy_name
  policy_type = alicloud_ram_policy.part_role.type
  role_name   = alicloud_ram_role.part_role.role_name
}

resource "alicloud_fnf_flow" "part_flow" {
  name        = "reaches-default-part"
  role_arn    = alicloud_ram_role.part_role.arn
  definition  = "Type: StateMachine\nSpecVersion: v1\nName: reaches-default-part\nStartAt: Begin\nStates:\n  - Type: Pass\n    Name: Begin\n    OutputConstructor:\n      input.$: $Context.Execution.Input\n      work: {}\n    Next: work\n  - Type: Task\n    Name: work\n    Action: FC:InvokeFunction\n    TaskMode: RequestComplete\n    Parameters:\n      resourceArn: acs:fc:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:functions/reaches-default-worker/LATEST\n      invocationType: Sync\n      body.$: $Input\n    OutputConstructor:\n      work.$: $Output\n      input.$: $Input.input\n    End: true\n"
  type        = "FDL"
  description = "PartFlow"
  depends_on  = [alicloud_ram_role_policy_attachment.part_role]
}
