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

resource "alicloud_db_instance" "ledger_database" {
  instance_name            = "shop--default--ledger"
  engine                   = "PostgreSQL"
  engine_version           = "16.0"
  instance_charge_type     = "Postpaid"
  category                 = "HighAvailability"
  instance_type            = "pg.n2.2c.2m"
  instance_storage         = 100
  db_instance_storage_type = "cloud_essd"
  vpc_id                   = alicloud_vpc.inner_network.id
  vswitch_id               = alicloud_vswitch.inner_zone1.id
  zone_id                  = var.inner_zone1_id
  zone_id_slave_a          = var.inner_zone2_id
  security_ips             = ["10.0.0.0/16"]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "ledger"
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

resource "alicloud_db_instance" "books_database" {
  instance_name            = "shop--default--books"
  engine                   = "MySQL"
  engine_version           = "8.0"
  instance_charge_type     = "Postpaid"
  category                 = "Basic"
  instance_type            = "mysql.n2.large.1"
  instance_storage         = 20
  db_instance_storage_type = "cloud_essd"
  vpc_id                   = alicloud_vpc.inner_network.id
  vswitch_id               = alicloud_vswitch.inner_zone1.id
  zone_id                  = var.inner_zone1_id
  security_ips             = ["10.0.0.0/16"]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "books"
  }

  lifecycle {
    prevent_destroy = false
  }
}

resource "alicloud_db_backup_policy" "books_database" {
  instance_id             = alicloud_db_instance.books_database.id
  backup_retention_period = 7
}

resource "alicloud_rds_account" "books_database" {
  db_instance_id   = alicloud_db_instance.books_database.id
  account_name     = "virga"
  account_password = var.books_password
  account_type     = "Super"
}

resource "alicloud_db_database" "books_database" {
  instance_id    = alicloud_db_instance.books_database.id
  data_base_name = "app"
  character_set  = "utf8mb4"
  depends_on     = [alicloud_rds_account.books_database]
}

resource "alicloud_oos_secret_parameter" "books_secret" {
  secret_parameter_name = "shop-default-books-owner"
  value                 = "{\"username\":\"virga\",\"password\":\"${var.books_password}\"}"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "books"
  }
}

resource "alicloud_db_instance" "archive_database" {
  instance_name            = "shop--default--archive"
  engine                   = "MariaDB"
  engine_version           = "10.6"
  instance_charge_type     = "Postpaid"
  category                 = "Basic"
  instance_type            = "mariadb.n4.medium.2c"
  instance_storage         = 20
  db_instance_storage_type = "cloud_essd"
  vpc_id                   = alicloud_vpc.inner_network.id
  vswitch_id               = alicloud_vswitch.inner_zone1.id
  zone_id                  = var.inner_zone1_id
  security_ips             = ["10.0.0.0/16"]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_db_backup_policy" "archive_database" {
  instance_id             = alicloud_db_instance.archive_database.id
  backup_retention_period = 7
}

resource "alicloud_rds_account" "archive_database" {
  db_instance_id   = alicloud_db_instance.archive_database.id
  account_name     = "virga"
  account_password = var.archive_password
  account_type     = "Super"
}

resource "alicloud_db_database" "archive_database" {
  instance_id    = alicloud_db_instance.archive_database.id
  data_base_name = "app"
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

resource "alicloud_db_instance" "events_database" {
  instance_name            = "shop--default--events"
  engine                   = "PostgreSQL"
  engine_version           = "17.0"
  instance_charge_type     = "Serverless"
  category                 = "serverless_standard"
  instance_type            = "pg.n2.serverless.2c"
  instance_storage         = 20
  db_instance_storage_type = "cloud_essd"
  vpc_id                   = alicloud_vpc.inner_network.id
  vswitch_id               = alicloud_vswitch.inner_zone1.id
  zone_id                  = var.inner_zone1_id
  zone_id_slave_a          = var.inner_zone2_id
  security_ips             = ["10.0.0.0/16"]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "events"
  }

  serverless_config {
    min_capacity = 1
    max_capacity = 4
    auto_pause   = false
    switch_force = false
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_db_backup_policy" "events_database" {
  instance_id             = alicloud_db_instance.events_database.id
  backup_retention_period = 7
}

resource "alicloud_rds_account" "events_database" {
  db_instance_id   = alicloud_db_instance.events_database.id
  account_name     = "virga"
  account_password = var.events_password
  account_type     = "Super"
}

resource "alicloud_db_database" "events_database" {
  instance_id    = alicloud_db_instance.events_database.id
  data_base_name = "app"
  character_set  = "UTF8,C,en_US.utf8"
  depends_on     = [alicloud_rds_account.events_database]
}

resource "alicloud_oos_secret_parameter" "events_secret" {
  secret_parameter_name = "shop-default-events-owner"
  value                 = "{\"username\":\"virga\",\"password\":\"${var.events_password}\"}"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "events"
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
        Effect = "Allow"
        Action = ["oos:GetSecretParameter"]
        Resource = [
          "acs:oos:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secretparameter/shop-default-ledger-owner",
          "acs:oos:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secretparameter/shop-default-books-owner",
          "acs:oos:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secretparameter/shop-default-archive-owner",
          "acs:oos:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secretparameter/shop-default-events-owner",
        ]
      },
      {
        Effect = "Allow"
        Action = ["kms:GetSecretValue"]
        Resource = [
          "acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secret/oos/shop-default-ledger-owner",
          "acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secret/oos/shop-default-books-owner",
          "acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secret/oos/shop-default-archive-owner",
          "acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:secret/oos/shop-default-events-owner",
        ]
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
  internet_access      = false
  environment_variables = {
    LEDGER_ADDRESS      = alicloud_db_instance.ledger_database.connection_string
    LEDGER_PORT         = alicloud_db_instance.ledger_database.port
    LEDGER_DATABASE     = "app"
    LEDGER_SECRET_NAME  = alicloud_oos_secret_parameter.ledger_secret.secret_parameter_name
    BOOKS_ADDRESS       = alicloud_db_instance.books_database.connection_string
    BOOKS_PORT          = alicloud_db_instance.books_database.port
    BOOKS_DATABASE      = "app"
    BOOKS_SECRET_NAME   = alicloud_oos_secret_parameter.books_secret.secret_parameter_name
    ARCHIVE_ADDRESS     = alicloud_db_instance.archive_database.connection_string
    ARCHIVE_PORT        = alicloud_db_instance.archive_database.port
    ARCHIVE_DATABASE    = "app"
    ARCHIVE_SECRET_NAME = alicloud_oos_secret_parameter.archive_secret.secret_parameter_name
    EVENTS_ADDRESS      = alicloud_db_instance.events_database.connection_string
    EVENTS_PORT         = alicloud_db_instance.events_database.port
    EVENTS_DATABASE     = "app"
    EVENTS_SECRET_NAME  = alicloud_oos_secret_parameter.events_secret.secret_parameter_name
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

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.reader_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [
    alicloud_rds_account.ledger_database,
    alicloud_db_database.ledger_database,
    alicloud_rds_account.books_database,
    alicloud_db_database.books_database,
    alicloud_rds_account.archive_database,
    alicloud_db_database.archive_database,
    alicloud_rds_account.events_database,
    alicloud_db_database.events_database,
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
