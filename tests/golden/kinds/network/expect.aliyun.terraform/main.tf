# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_ots_instance" "table_instance" {
  name          = "shop--default"
  instance_type = "HighPerformance"
  accessed_by   = "Any"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
  }
}

resource "alicloud_log_project" "log_project" {
  project_name = "shop--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
  }
}

resource "alicloud_vpc" "closed_network" {
  vpc_name   = "shop-default-closed"
  cidr_block = "10.1.0.0/20"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "closed"
  }
}

resource "alicloud_vswitch" "closed_zone1" {
  vpc_id       = alicloud_vpc.closed_network.id
  zone_id      = var.closed_zone1_id
  cidr_block   = "10.1.0.0/24"
  vswitch_name = "shop-default-closed-zone1"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "closed"
  }
}

resource "alicloud_security_group" "closed_group" {
  vpc_id              = alicloud_vpc.closed_network.id
  security_group_name = "shop-default-closed"
  security_group_type = "normal"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "closed"
  }
}

resource "alicloud_vpc" "open_network" {
  vpc_name   = "shop-default-open"
  cidr_block = "10.0.0.0/16"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "alicloud_vswitch" "open_zone1" {
  vpc_id       = alicloud_vpc.open_network.id
  zone_id      = "cn-hangzhou-h"
  cidr_block   = "10.0.0.0/20"
  vswitch_name = "shop-default-open-zone1"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "alicloud_vswitch" "open_zone2" {
  vpc_id       = alicloud_vpc.open_network.id
  zone_id      = var.open_zone2_id
  cidr_block   = "10.0.16.0/20"
  vswitch_name = "shop-default-open-zone2"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "alicloud_security_group" "open_group" {
  vpc_id              = alicloud_vpc.open_network.id
  security_group_name = "shop-default-open"
  security_group_type = "normal"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "alicloud_vswitch" "open_public1" {
  vpc_id       = alicloud_vpc.open_network.id
  zone_id      = "cn-hangzhou-h"
  cidr_block   = "10.0.128.0/20"
  vswitch_name = "shop-default-open-public1"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "alicloud_nat_gateway" "open_nat" {
  vpc_id               = alicloud_vpc.open_network.id
  vswitch_id           = alicloud_vswitch.open_public1.id
  nat_gateway_name     = "shop-default-open-nat"
  nat_type             = "Enhanced"
  network_type         = "internet"
  payment_type         = "PayAsYouGo"
  internet_charge_type = "PayByLcu"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "alicloud_eip_address" "open_nat_address" {
  address_name         = "shop-default-open-nat"
  payment_type         = "PayAsYouGo"
  internet_charge_type = "PayByTraffic"
  bandwidth            = 5
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "alicloud_eip_association" "open_nat_binding" {
  allocation_id = alicloud_eip_address.open_nat_address.id
  instance_id   = alicloud_nat_gateway.open_nat.id
}

resource "alicloud_security_group" "old_group" {
  vpc_id              = var.vpc
  security_group_name = "shop-default-old"
  security_group_type = "normal"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "old"
  }
}

resource "alicloud_oss_bucket" "pages_bucket" {
  bucket          = "shop--default--pages-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "pages"
  }

  server_side_encryption_rule {
    sse_algorithm = "AES256"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oss_bucket_acl" "pages_bucket" {
  bucket     = alicloud_oss_bucket.pages_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.pages_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "pages_bucket" {
  bucket              = alicloud_oss_bucket.pages_bucket.bucket
  block_public_access = true
}

resource "alicloud_ots_table" "ledger_table" {
  instance_name = alicloud_ots_instance.table_instance.name
  table_name    = "shop__default__ledger"
  max_version   = 1
  time_to_live  = -1

  primary_key {
    name = "id"
    type = "String"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_message_service_queue" "orders_queue" {
  queue_name               = "shop--default--orders"
  visibility_timeout       = 60
  delay_seconds            = 0
  message_retention_period = 345600
  maximum_message_size     = 65536
  polling_wait_seconds     = 0
  logging_enabled          = false
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "orders"
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
      {
        Effect   = "Allow"
        Action   = ["oss:GetObject"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.pages_bucket.bucket}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:ListObjects"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.pages_bucket.bucket}"]
      },
      {
        Effect   = "Allow"
        Action   = ["ots:PutRow", "ots:UpdateRow", "ots:DeleteRow", "ots:BatchWriteRow"]
        Resource = ["acs:ots:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:instance/${alicloud_ots_instance.table_instance.name}/table/${alicloud_ots_table.ledger_table.table_name}"]
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
  internet_access      = false
  environment_variables = {
    PAGES_BUCKET_NAME     = alicloud_oss_bucket.pages_bucket.bucket
    PAGES_BUCKET_ENDPOINT = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
    LEDGER_TABLE_NAME     = alicloud_ots_table.ledger_table.table_name
    LEDGER_TABLE_INSTANCE = alicloud_ots_instance.table_instance.name
    LEDGER_TABLE_ENDPOINT = "https://${alicloud_ots_instance.table_instance.name}.${data.alicloud_regions.current.regions[0].id}.ots.aliyuncs.com"
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
    vpc_id            = alicloud_vpc.closed_network.id
    vswitch_ids       = [alicloud_vswitch.closed_zone1.id]
    security_group_id = alicloud_security_group.closed_group.id
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
        Effect   = "Allow"
        Action   = ["mns:SendMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.orders_queue.queue_name}/messages"]
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
  internet_access      = false
  environment_variables = {
    ORDERS_QUEUE_NAME = alicloud_message_service_queue.orders_queue.queue_name
    ORDERS_QUEUE_URL  = "http://${data.alicloud_account.current.id}.mns.${data.alicloud_regions.current.regions[0].id}.aliyuncs.com/queues/${alicloud_message_service_queue.orders_queue.queue_name}"
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
    vpc_id            = alicloud_vpc.open_network.id
    vswitch_ids       = [alicloud_vswitch.open_zone1.id, alicloud_vswitch.open_zone2.id]
    security_group_id = alicloud_security_group.open_group.id
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

resource "alicloud_log_store" "sender_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-sender"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "sender_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.sender_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "sender_role" {
  role_name = "shop--default--sender-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "sender"
  }
}

resource "alicloud_ram_policy" "sender_role" {
  policy_name = "shop--default--sender-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.sender_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["mns:SendMessage"]
        Resource = ["acs:mns:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:/queues/${alicloud_message_service_queue.orders_queue.queue_name}/messages"]
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

resource "alicloud_ram_role_policy_attachment" "sender_role" {
  policy_name = alicloud_ram_policy.sender_role.policy_name
  policy_type = alicloud_ram_policy.sender_role.type
  role_name   = alicloud_ram_role.sender_role.role_name
}

resource "alicloud_fcv3_function" "sender_function" {
  function_name        = "shop-default-sender"
  runtime              = "python3.12"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ORDERS_QUEUE_NAME = alicloud_message_service_queue.orders_queue.queue_name
    ORDERS_QUEUE_URL  = "http://${data.alicloud_account.current.id}.mns.${data.alicloud_regions.current.regions[0].id}.aliyuncs.com/queues/${alicloud_message_service_queue.orders_queue.queue_name}"
  }
  role = alicloud_ram_role.sender_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "sender"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "shop/sender-04955410870c.zip"
  }

  vpc_config {
    vpc_id            = var.vpc
    vswitch_ids       = [var.part_a, var.part_b]
    security_group_id = alicloud_security_group.old_group.id
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.sender_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.sender_role]
}

resource "alicloud_ros_stack" "stack" {
  stack_name = "shop-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      OpenSnat = {
        Type = "ALIYUN::VPC::SnatEntry"
        Metadata = {
          "virga:after" = [alicloud_eip_association.open_nat_binding.id]
        }
        Properties = {
          SnatTableId      = alicloud_nat_gateway.open_nat.snat_table_ids
          SnatIp           = alicloud_eip_address.open_nat_address.ip_address
          SourceVSwitchIds = [alicloud_vswitch.open_zone1.id, alicloud_vswitch.open_zone2.id]
          SnatEntryName    = "shop-default-open-nat"
        }
      }
    }
  })
}
