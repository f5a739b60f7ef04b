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

resource "alicloud_kvstore_instance" "sessions_cache" {
  db_instance_name = "shop-default-sessions"
  instance_class   = "redis.master.stand.default"
  engine_version   = "5.0"
  payment_type     = "PostPaid"
  config = {
    maxmemory-policy = "volatile-lru"
  }
  vswitch_id        = alicloud_vswitch.inner_zone1.id
  zone_id           = var.inner_zone1_id
  secondary_zone_id = var.inner_zone2_id
  vpc_auth_mode     = "Close"
  ssl_enable        = "Disable"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "sessions"
  }
  security_ips           = ["10.0.0.0/16"]
  security_ip_group_name = "network"

  lifecycle {
    prevent_destroy = false
  }
}

resource "terraform_data" "sessions_admission" {
  input = alicloud_kvstore_instance.sessions_cache.id
}

resource "alicloud_kvstore_instance" "answers_cache" {
  db_instance_name = "shop-default-answers"
  instance_class   = "redis.master.small.default"
  engine_version   = "5.0"
  payment_type     = "PostPaid"
  config = {
    maxmemory-policy = "volatile-lru"
  }
  vswitch_id    = alicloud_vswitch.inner_zone1.id
  zone_id       = var.inner_zone1_id
  vpc_auth_mode = "Close"
  ssl_enable    = "Disable"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "answers"
  }
  security_ips           = ["10.0.0.0/16"]
  security_ip_group_name = "network"

  lifecycle {
    prevent_destroy = false
  }
}

resource "terraform_data" "answers_admission" {
  input = alicloud_kvstore_instance.answers_cache.id
}

resource "alicloud_kvstore_instance" "pages_cache" {
  db_instance_name = "shop-default-pages"
  instance_class   = "redis.master.2xlarge.default"
  engine_version   = "5.0"
  payment_type     = "PostPaid"
  config = {
    maxmemory-policy = "volatile-lru"
  }
  vswitch_id    = alicloud_vswitch.inner_zone1.id
  zone_id       = var.inner_zone1_id
  vpc_auth_mode = "Close"
  ssl_enable    = "Disable"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "pages"
  }
  security_ips           = ["10.0.0.0/16"]
  security_ip_group_name = "network"

  lifecycle {
    prevent_destroy = false
  }
}

resource "terraform_data" "pages_admission" {
  input = alicloud_kvstore_instance.pages_cache.id
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
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = false
  environment_variables = {
    SESSIONS_ADDRESS = alicloud_kvstore_instance.sessions_cache.connection_domain
    SESSIONS_PORT    = alicloud_kvstore_instance.sessions_cache.private_connection_port
    SESSIONS_URL     = "redis://${alicloud_kvstore_instance.sessions_cache.connection_domain}:${alicloud_kvstore_instance.sessions_cache.private_connection_port}"
    ANSWERS_ADDRESS  = alicloud_kvstore_instance.answers_cache.connection_domain
    ANSWERS_PORT     = alicloud_kvstore_instance.answers_cache.private_connection_port
    ANSWERS_URL      = "redis://${alicloud_kvstore_instance.answers_cache.connection_domain}:${alicloud_kvstore_instance.answers_cache.private_connection_port}"
    PAGES_ADDRESS    = alicloud_kvstore_instance.pages_cache.connection_domain
    PAGES_PORT       = alicloud_kvstore_instance.pages_cache.private_connection_port
    PAGES_URL        = "redis://${alicloud_kvstore_instance.pages_cache.connection_domain}:${alicloud_kvstore_instance.pages_cache.private_connection_port}"
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

  depends_on = [alicloud_ram_role_policy_attachment.reader_role]
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
