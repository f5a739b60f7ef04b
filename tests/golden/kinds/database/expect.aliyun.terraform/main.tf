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

resource "alicloud_vswitch" "inner_public1" {
  vpc_id       = alicloud_vpc.inner_network.id
  zone_id      = var.inner_zone1_id
  cidr_block   = "10.0.128.0/20"
  vswitch_name = "shop-default-inner-public1"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "alicloud_nat_gateway" "inner_nat" {
  vpc_id               = alicloud_vpc.inner_network.id
  vswitch_id           = alicloud_vswitch.inner_public1.id
  nat_gateway_name     = "shop-default-inner-nat"
  nat_type             = "Enhanced"
  network_type         = "internet"
  payment_type         = "PayAsYouGo"
  internet_charge_type = "PayByLcu"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "alicloud_eip_address" "inner_nat_address" {
  address_name         = "shop-default-inner-nat"
  payment_type         = "PayAsYouGo"
  internet_charge_type = "PayByTraffic"
  bandwidth            = 5
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "alicloud_eip_association" "inner_nat_binding" {
  allocation_id = alicloud_eip_address.inner_nat_address.id
  instance_id   = alicloud_nat_gateway.inner_nat.id
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

resource "alicloud_db_instance" "ledger_database" {
  instance_name            = "shop--default--ledger"
  engine                   = "PostgreSQL"
  engine_version           = "16.0"
  instance_charge_type     = "Serverless"
  category                 = "serverless_basic"
  instance_type            = "pg.n2.serverless.1c"
  instance_storage         = 20
  db_instance_storage_type = "cloud_essd"
  vpc_id                   = alicloud_vpc.inner_network.id
  vswitch_id               = alicloud_vswitch.inner_zone1.id
  zone_id                  = var.inner_zone1_id
  security_ips             = ["10.0.0.0/16"]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "ledger"
  }

  serverless_config {
    min_capacity = 0.5
    max_capacity = 4
    auto_pause   = false
    switch_force = false
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_db_backup_policy" "ledger_database" {
  instance_id             = alicloud_db_instance.ledger_database.id
  backup_retention_period = 7
}

resource "alicloud_rds_account" "ledger_database" {
  db_instance_id   = alicloud_db_instance.ledger_database.id
  account_name     = "virga"
  account_password = var.ledger_password
  account_type     = "Super"
}

resource "alicloud_db_database" "ledger_database" {
  instance_id    = alicloud_db_instance.ledger_database.id
  data_base_name = "app"
  character_set  = "UTF8,C,en_US.utf8"
  depends_on     = [alicloud_rds_account.ledger_database]
}

resource "alicloud_oos_secret_parameter" "ledger_secret" {
  secret_parameter_name = "shop-default-ledger-owner"
  value                 = "{\"username\":\"virga\",\"password\":\"${var.ledger_password}\"}"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "ledger"
  }
}

resource "alicloud_db_instance" "archive_database" {
  instance_name            = "shop--default--archive"
  engine                   = "MySQL"
  engine_version           = "8.0"
  instance_charge_type     = "Serverless"
  category                 = "serverless_basic"
  instance_type            = "mysql.n2.serverless.1c"
  instance_storage         = 35
  db_instance_storage_type = "cloud_essd"
  vpc_id                   = var.vpc
  vswitch_id               = var.part_a
  zone_id                  = var.old_zone1_id
  security_ips             = [var.old_range]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }

  serverless_config {
    min_capacity = 1
    max_capacity = 8
    auto_pause   = false
    switch_force = false
  }

  lifecycle {
    prevent_destroy = false
  }
}

resource "alicloud_db_backup_policy" "archive_database" {
  instance_id             = alicloud_db_instance.archive_database.id
  backup_retention_period = 30
}

resource "alicloud_rds_account" "archive_database" {
  db_instance_id   = alicloud_db_instance.archive_database.id
  account_name     = "virga"
  account_password = var.archive_password
  account_type     = "Super"
}

resource "alicloud_db_database" "archive_database" {
  instance_id    = alicloud_db_instance.archive_database.id
  data_base_name = "archive"
  character_set  = "utf8mb4"
  depends_on     = [alicloud_rds_account.archive_database]
}

resource "alicloud_oos_secret_parameter" "archive_secret" {
  secret_parameter_name = "shop-default-archive-owner"
  value                 = "{\"username\":\"virga\",\"password\":\"${var.archive_password}\"}"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }
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
        Action   = ["oos:GetSecretParameter"]
        Resource = ["acs:oos:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secretparameter/shop-default-ledger-owner"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:GetSecretValue"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secret/oos/shop-default-ledger-owner"]
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
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = false
  environment_variables = {
    LEDGER_ADDRESS     = alicloud_db_instance.ledger_database.connection_string
    LEDGER_PORT        = alicloud_db_instance.ledger_database.port
    LEDGER_DATABASE    = "app"
    LEDGER_SECRET_NAME = alicloud_oos_secret_parameter.ledger_secret.secret_parameter_name
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

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.writer_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [
    alicloud_rds_account.ledger_database,
    alicloud_db_database.ledger_database,
    alicloud_ram_role_policy_attachment.writer_role,
  ]
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
        Action   = ["oos:GetSecretParameter"]
        Resource = ["acs:oos:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secretparameter/shop-default-archive-owner"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:GetSecretValue"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secret/oos/shop-default-archive-owner"]
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
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    ARCHIVE_ADDRESS     = alicloud_db_instance.archive_database.connection_string
    ARCHIVE_PORT        = alicloud_db_instance.archive_database.port
    ARCHIVE_DATABASE    = "archive"
    ARCHIVE_SECRET_NAME = alicloud_oos_secret_parameter.archive_secret.secret_parameter_name
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
    vpc_id            = var.vpc
    vswitch_ids       = [var.part_a, var.part_b]
    security_group_id = alicloud_security_group.old_group.id
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.reader_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [
    alicloud_rds_account.archive_database,
    alicloud_db_database.archive_database,
    alicloud_ram_role_policy_attachment.reader_role,
  ]
}

resource "alicloud_ros_stack" "stack" {
  stack_name = "shop-default"
  template_body = jsonencode({
    ROSTemplateFormatVersion = "2015-09-01"
    Resources = {
      InnerSnat = {
        Type = "ALIYUN::VPC::SnatEntry"
        Metadata = {
          "virga:after" = [alicloud_eip_association.inner_nat_binding.id]
        }
        Properties = {
          SnatTableId      = alicloud_nat_gateway.inner_nat.snat_table_ids
          SnatIp           = alicloud_eip_address.inner_nat_address.ip_address
          SourceVSwitchIds = [alicloud_vswitch.inner_zone1.id, alicloud_vswitch.inner_zone2.id]
          SnatEntryName    = "shop-default-inner-nat"
        }
      }
    }
  })
}
