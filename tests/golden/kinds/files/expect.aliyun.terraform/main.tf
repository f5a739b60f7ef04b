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

resource "alicloud_vpc" "inner_network" {
  vpc_name   = "shop-default-inner"
  cidr_block = "10.0.0.0/16"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "alicloud_vswitch" "inner_zone1" {
  vpc_id       = alicloud_vpc.inner_network.id
  zone_id      = var.inner_zone1_id
  cidr_block   = "10.0.0.0/20"
  vswitch_name = "shop-default-inner-zone1"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "alicloud_vswitch" "inner_zone2" {
  vpc_id       = alicloud_vpc.inner_network.id
  zone_id      = var.inner_zone2_id
  cidr_block   = "10.0.16.0/20"
  vswitch_name = "shop-default-inner-zone2"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "alicloud_security_group" "inner_group" {
  vpc_id              = alicloud_vpc.inner_network.id
  security_group_name = "shop-default-inner"
  security_group_type = "normal"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "alicloud_nas_file_system" "shared_files" {
  file_system_type = "standard"
  protocol_type    = "NFS"
  storage_type     = "Capacity"
  encrypt_type     = 1
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "shared"
  }

  lifecycle {
    prevent_destroy = false
  }
}

resource "alicloud_nas_mount_target" "shared_mount_target" {
  file_system_id    = alicloud_nas_file_system.shared_files.id
  network_type      = "Vpc"
  vpc_id            = alicloud_vpc.inner_network.id
  vswitch_id        = alicloud_vswitch.inner_zone1.id
  access_group_name = "DEFAULT_VPC_GROUP_NAME"
}

resource "alicloud_log_store" "writer_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-writer"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "writer_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.writer_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "writer_role" {
  role_name = "shop--default--writer-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "writer"
  }
}

resource "alicloud_ram_policy" "writer_role" {
  policy_name = "shop--default--writer-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.writer_logstore.logstore_name}"]
      },
      {
        Effect = "Allow"
        Action = [
          "vpc:DescribeVSwitchAttributes",
          "vpc:DescribeVpcAttribute",
          "ecs:CreateNetworkInterface",
          "ecs:DeleteNetworkInterface",
          "ecs:DescribeNetworkInterfaces",
          "ecs:CreateNetworkInterfacePermission",
          "ecs:DescribeNetworkInterfacePermissions",
          "ecs:DeleteNetworkInterfacePermission",
        ]
        Resource = ["*"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "writer_role" {
  policy_name = alicloud_ram_policy.writer_role.policy_name
  policy_type = alicloud_ram_policy.writer_role.type
  role_name   = alicloud_ram_role.writer_role.role_name
}

resource "alicloud_fcv3_function" "writer_function" {
  function_name        = "shop-default-writer"
  runtime              = "python3.12"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    SHARED_PATH = "/mnt/work"
  }
  role = alicloud_ram_role.writer_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "writer"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/writer-04955410870c.zip"
  }

  vpc_config {
    vpc_id            = alicloud_vpc.inner_network.id
    vswitch_ids       = [alicloud_vswitch.inner_zone1.id, alicloud_vswitch.inner_zone2.id]
    security_group_id = alicloud_security_group.inner_group.id
  }

  nas_config {
    user_id  = 0
    group_id = 0

    mount_points {
      server_addr = "${alicloud_nas_mount_target.shared_mount_target.mount_target_domain}:/"
      mount_dir   = "/mnt/work"
      enable_tls  = false
    }
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.writer_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.writer_role]
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
      {
        Effect = "Allow"
        Action = [
          "vpc:DescribeVSwitchAttributes",
          "vpc:DescribeVpcAttribute",
          "ecs:CreateNetworkInterface",
          "ecs:DeleteNetworkInterface",
          "ecs:DescribeNetworkInterfaces",
          "ecs:CreateNetworkInterfacePermission",
          "ecs:DescribeNetworkInterfacePermissions",
          "ecs:DeleteNetworkInterfacePermission",
        ]
        Resource = ["*"]
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
  function_name        = "shop-default-reader"
  runtime              = "python3.12"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    SHARED_PATH = "/mnt/files"
  }
  role = alicloud_ram_role.reader_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/reader-04955410870c.zip"
  }

  vpc_config {
    vpc_id            = alicloud_vpc.inner_network.id
    vswitch_ids       = [alicloud_vswitch.inner_zone1.id, alicloud_vswitch.inner_zone2.id]
    security_group_id = alicloud_security_group.inner_group.id
  }

  nas_config {
    user_id  = 0
    group_id = 0

    mount_points {
      server_addr = "${alicloud_nas_mount_target.shared_mount_target.mount_target_domain}:/"
      mount_dir   = "/mnt/files"
      enable_tls  = false
    }
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
