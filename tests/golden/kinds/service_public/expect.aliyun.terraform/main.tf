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

resource "alicloud_log_store" "front_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-front"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "front_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.front_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "front_role" {
  role_name = "shop--default--front-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "front"
  }
}

resource "alicloud_ram_policy" "front_role" {
  policy_name = "shop--default--front-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.front_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["cr:GetAuthorizationToken", "cr:GetRepository", "cr:GetRepositoryTag", "cr:PullRepository"]
        Resource = ["*"]
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

resource "alicloud_ram_role_policy_attachment" "front_role" {
  policy_name = alicloud_ram_policy.front_role.policy_name
  policy_type = alicloud_ram_policy.front_role.type
  role_name   = alicloud_ram_role.front_role.role_name
}

resource "alicloud_fcv3_function" "front_function" {
  function_name        = "shop-default-front"
  runtime              = "custom-container"
  handler              = "index.handler"
  memory_size          = 1024
  cpu                  = 0.5
  disk_size            = 512
  timeout              = 86400
  instance_concurrency = 20
  session_affinity     = "GENERATED_COOKIE"
  session_affinity_config = jsonencode({
    sessionTTLInSeconds           = 3600
    sessionIdleTimeoutInSeconds   = 3600
    sessionConcurrencyPerInstance = 20
  })
  internet_access = false
  environment_variables = {
    PLAIN_URL  = alicloud_fcv3_trigger.plain_http_trigger.http_trigger[0].url_intranet
    HIDDEN_URL = alicloud_fcv3_trigger.hidden_http_trigger.http_trigger[0].url_intranet
  }
  role = alicloud_ram_role.front_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }

  custom_container_config {
    image = var.image
    port  = 3000

    health_check_config {
      http_get_url = "/"
    }
  }

  vpc_config {
    vpc_id            = alicloud_vpc.inner_network.id
    vswitch_ids       = [alicloud_vswitch.inner_zone1.id, alicloud_vswitch.inner_zone2.id]
    security_group_id = alicloud_security_group.inner_group.id
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.front_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.front_role]
}

resource "alicloud_fcv3_provision_config" "front_copies" {
  function_name       = alicloud_fcv3_function.front_function.function_name
  qualifier           = "LATEST"
  target              = 2
  always_allocate_cpu = true

  target_tracking_policies {
    name          = "cpu"
    metric_type   = "CPUUtilization"
    metric_target = 0.5
    min_capacity  = 2
    max_capacity  = 10
  }
}

resource "alicloud_fcv3_concurrency_config" "front_most" {
  function_name        = alicloud_fcv3_function.front_function.function_name
  reserved_concurrency = 10
}

resource "alicloud_fcv3_trigger" "front_http_trigger" {
  function_name = alicloud_fcv3_function.front_function.function_name
  trigger_name  = "http"
  trigger_type  = "http"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    authType           = "anonymous"
    disableURLInternet = false
    methods            = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"]
  })
}

resource "alicloud_alidns_record" "front_record" {
  domain_name = "example.com"
  rr          = "shop"
  type        = "CNAME"
  value       = "${data.alicloud_account.current.id}.${data.alicloud_regions.current.regions[0].id}.fc.aliyuncs.com"
}

resource "alicloud_fcv3_custom_domain" "front_domain" {
  custom_domain_name = "shop.example.com"
  protocol           = "HTTPS"

  auth_config {
    auth_type = "anonymous"
  }

  route_config {
    routes {
      path          = "/*"
      function_name = alicloud_fcv3_function.front_function.function_name
      qualifier     = "LATEST"
    }
  }

  cert_config {
    cert_name   = "shop-default-front"
    certificate = var.certificate
    private_key = var.certificate_key
  }

  depends_on = [alicloud_fcv3_trigger.front_http_trigger, alicloud_alidns_record.front_record]
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
      {
        Effect   = "Allow"
        Action   = ["cr:GetAuthorizationToken", "cr:GetRepository", "cr:GetRepositoryTag", "cr:PullRepository"]
        Resource = ["*"]
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

resource "alicloud_ram_role_policy_attachment" "plain_role" {
  policy_name = alicloud_ram_policy.plain_role.policy_name
  policy_type = alicloud_ram_policy.plain_role.type
  role_name   = alicloud_ram_role.plain_role.role_name
}

resource "alicloud_fcv3_function" "plain_function" {
  function_name        = "shop-default-plain"
  runtime              = "custom-container"
  handler              = "index.handler"
  memory_size          = 1024
  cpu                  = 0.5
  disk_size            = 512
  timeout              = 86400
  instance_concurrency = 20
  internet_access      = false
  role                 = alicloud_ram_role.plain_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "plain"
  }

  custom_container_config {
    image = var.image
    port  = 8080

    health_check_config {
      http_get_url = "/"
    }
  }

  vpc_config {
    vpc_id            = alicloud_vpc.inner_network.id
    vswitch_ids       = [alicloud_vswitch.inner_zone1.id, alicloud_vswitch.inner_zone2.id]
    security_group_id = alicloud_security_group.inner_group.id
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

resource "alicloud_fcv3_provision_config" "plain_copies" {
  function_name       = alicloud_fcv3_function.plain_function.function_name
  qualifier           = "LATEST"
  target              = 2
  always_allocate_cpu = true
}

resource "alicloud_fcv3_trigger" "plain_http_trigger" {
  function_name = alicloud_fcv3_function.plain_function.function_name
  trigger_name  = "http"
  trigger_type  = "http"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    authType           = "anonymous"
    disableURLInternet = false
    methods            = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"]
  })
}

resource "alicloud_log_store" "beside_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-beside"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "beside_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.beside_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "beside_role" {
  role_name = "shop--default--beside-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "beside"
  }
}

resource "alicloud_ram_policy" "beside_role" {
  policy_name = "shop--default--beside-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.beside_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["cr:GetAuthorizationToken", "cr:GetRepository", "cr:GetRepositoryTag", "cr:PullRepository"]
        Resource = ["*"]
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

resource "alicloud_ram_role_policy_attachment" "beside_role" {
  policy_name = alicloud_ram_policy.beside_role.policy_name
  policy_type = alicloud_ram_policy.beside_role.type
  role_name   = alicloud_ram_role.beside_role.role_name
}

resource "alicloud_fcv3_function" "beside_function" {
  function_name        = "shop-default-beside"
  runtime              = "custom-container"
  handler              = "index.handler"
  memory_size          = 1024
  cpu                  = 0.5
  disk_size            = 512
  timeout              = 86400
  instance_concurrency = 20
  internet_access      = true
  role                 = alicloud_ram_role.beside_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "beside"
  }

  custom_container_config {
    image = var.image
    port  = 8080

    health_check_config {
      http_get_url = "/"
    }
  }

  vpc_config {
    vpc_id            = var.vpc
    vswitch_ids       = [var.part_a, var.part_b]
    security_group_id = alicloud_security_group.old_group.id
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.beside_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.beside_role]
}

resource "alicloud_fcv3_provision_config" "beside_copies" {
  function_name       = alicloud_fcv3_function.beside_function.function_name
  qualifier           = "LATEST"
  target              = 2
  always_allocate_cpu = true
}

resource "alicloud_fcv3_trigger" "beside_http_trigger" {
  function_name = alicloud_fcv3_function.beside_function.function_name
  trigger_name  = "http"
  trigger_type  = "http"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    authType           = "anonymous"
    disableURLInternet = false
    methods            = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"]
  })
}

resource "alicloud_fcv3_custom_domain" "beside_domain" {
  custom_domain_name = "old.example.com"
  protocol           = "HTTP"

  auth_config {
    auth_type = "anonymous"
  }

  route_config {
    routes {
      path          = "/*"
      function_name = alicloud_fcv3_function.beside_function.function_name
      qualifier     = "LATEST"
    }
  }

  depends_on = [alicloud_fcv3_trigger.beside_http_trigger]
}

resource "alicloud_log_store" "hidden_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "shop-default-hidden"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64
}

resource "alicloud_log_store_index" "hidden_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.hidden_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "hidden_role" {
  role_name = "shop--default--hidden-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:node"  = "hidden"
  }
}

resource "alicloud_ram_policy" "hidden_role" {
  policy_name = "shop--default--hidden-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.hidden_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["cr:GetAuthorizationToken", "cr:GetRepository", "cr:GetRepositoryTag", "cr:PullRepository"]
        Resource = ["*"]
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

resource "alicloud_ram_role_policy_attachment" "hidden_role" {
  policy_name = alicloud_ram_policy.hidden_role.policy_name
  policy_type = alicloud_ram_policy.hidden_role.type
  role_name   = alicloud_ram_role.hidden_role.role_name
}

resource "alicloud_fcv3_function" "hidden_function" {
  function_name        = "shop-default-hidden"
  runtime              = "custom-container"
  handler              = "index.handler"
  memory_size          = 1024
  cpu                  = 0.5
  disk_size            = 512
  timeout              = 86400
  instance_concurrency = 20
  internet_access      = false
  role                 = alicloud_ram_role.hidden_role.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "hidden"
  }

  custom_container_config {
    image = var.image
    port  = 8080

    health_check_config {
      http_get_url = "/"
    }
  }

  vpc_config {
    vpc_id            = alicloud_vpc.inner_network.id
    vswitch_ids       = [alicloud_vswitch.inner_zone1.id, alicloud_vswitch.inner_zone2.id]
    security_group_id = alicloud_security_group.inner_group.id
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.hidden_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.hidden_role]
}

resource "alicloud_fcv3_provision_config" "hidden_copies" {
  function_name       = alicloud_fcv3_function.hidden_function.function_name
  qualifier           = "LATEST"
  target              = 1
  always_allocate_cpu = true

  target_tracking_policies {
    name          = "cpu"
    metric_type   = "CPUUtilization"
    metric_target = 0.6
    min_capacity  = 1
    max_capacity  = 4
  }
}

resource "alicloud_fcv3_concurrency_config" "hidden_most" {
  function_name        = alicloud_fcv3_function.hidden_function.function_name
  reserved_concurrency = 4
}

resource "alicloud_fcv3_trigger" "hidden_http_trigger" {
  function_name = alicloud_fcv3_function.hidden_function.function_name
  trigger_name  = "http"
  trigger_type  = "http"
  qualifier     = "LATEST"
  trigger_config = jsonencode({
    authType           = "anonymous"
    disableURLInternet = true
    methods            = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"]
  })
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
