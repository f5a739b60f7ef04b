# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

data "aws_availability_zones" "current" {
  state = "available"
}

resource "aws_vpc" "inner" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  enable_dns_support   = true
  tags = {
    Name          = "shop-default-inner"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_subnet" "inner_zone1" {
  vpc_id                  = aws_vpc.inner.id
  cidr_block              = "10.0.0.0/20"
  availability_zone       = data.aws_availability_zones.current.names[0]
  map_public_ip_on_launch = false
  tags = {
    Name          = "shop-default-inner-Zone1"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_route_table" "inner_zone1_routes" {
  vpc_id = aws_vpc.inner.id
  tags = {
    Name          = "shop-default-inner-Zone1"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_route_table_association" "inner_zone1_routing" {
  subnet_id      = aws_subnet.inner_zone1.id
  route_table_id = aws_route_table.inner_zone1_routes.id
}

resource "aws_subnet" "inner_zone2" {
  vpc_id                  = aws_vpc.inner.id
  cidr_block              = "10.0.16.0/20"
  availability_zone       = data.aws_availability_zones.current.names[1]
  map_public_ip_on_launch = false
  tags = {
    Name          = "shop-default-inner-Zone2"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_route_table" "inner_zone2_routes" {
  vpc_id = aws_vpc.inner.id
  tags = {
    Name          = "shop-default-inner-Zone2"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_route_table_association" "inner_zone2_routing" {
  subnet_id      = aws_subnet.inner_zone2.id
  route_table_id = aws_route_table.inner_zone2_routes.id
}

resource "aws_internet_gateway" "inner_internet" {
  tags = {
    Name          = "shop-default-inner"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_internet_gateway_attachment" "inner_internet_attachment" {
  vpc_id              = aws_vpc.inner.id
  internet_gateway_id = aws_internet_gateway.inner_internet.id
}

resource "aws_subnet" "inner_public1" {
  vpc_id                  = aws_vpc.inner.id
  cidr_block              = "10.0.128.0/20"
  availability_zone       = data.aws_availability_zones.current.names[0]
  map_public_ip_on_launch = false
  tags = {
    Name          = "shop-default-inner-Public1"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_route_table" "inner_public1_routes" {
  vpc_id = aws_vpc.inner.id
  tags = {
    Name          = "shop-default-inner-Public1"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_route_table_association" "inner_public1_routing" {
  subnet_id      = aws_subnet.inner_public1.id
  route_table_id = aws_route_table.inner_public1_routes.id
}

resource "aws_route" "inner_public1_way_out" {
  route_table_id         = aws_route_table.inner_public1_routes.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.inner_internet.id
  depends_on             = [aws_internet_gateway_attachment.inner_internet_attachment]
}

resource "aws_eip" "inner_nat_address" {
  domain = "vpc"
  tags = {
    Name          = "shop-default-inner-nat"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
  depends_on = [aws_internet_gateway_attachment.inner_internet_attachment]
}

resource "aws_nat_gateway" "inner_nat" {
  allocation_id = aws_eip.inner_nat_address.allocation_id
  subnet_id     = aws_subnet.inner_public1.id
  tags = {
    Name          = "shop-default-inner-nat"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_route" "inner_zone1_way_out" {
  route_table_id         = aws_route_table.inner_zone1_routes.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.inner_nat.id
}

resource "aws_route" "inner_zone2_way_out" {
  route_table_id         = aws_route_table.inner_zone2_routes.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.inner_nat.id
}

resource "aws_elasticache_subnet_group" "sessions_subnets" {
  name        = "shop-default-sessions-49e631"
  description = "sessions of shop"
  subnet_ids  = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "sessions"
  }
}

resource "aws_security_group" "sessions_group" {
  description = "sessions of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "sessions"
  }
}

resource "aws_vpc_security_group_egress_rule" "sessions_group" {
  security_group_id = aws_security_group.sessions_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "shop-default-sessions-49e631"
  description                = "sessions of shop"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  port                       = 6379
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  subnet_group_name          = aws_elasticache_subnet_group.sessions_subnets.name
  security_group_ids         = [aws_security_group.sessions_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "sessions"
  }
  apply_immediately = true

  lifecycle {
    prevent_destroy = false
  }
}

resource "aws_elasticache_subnet_group" "answers_subnets" {
  name        = "shop-default-answers-2b4162"
  description = "answers of shop"
  subnet_ids  = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "answers"
  }
}

resource "aws_security_group" "answers_group" {
  description = "answers of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "answers"
  }
}

resource "aws_vpc_security_group_egress_rule" "answers_group" {
  security_group_id = aws_security_group.answers_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_elasticache_replication_group" "answers" {
  replication_group_id       = "shop-default-answers-2b4162"
  description                = "answers of shop"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 1
  automatic_failover_enabled = false
  multi_az_enabled           = false
  port                       = 6379
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  subnet_group_name          = aws_elasticache_subnet_group.answers_subnets.name
  security_group_ids         = [aws_security_group.answers_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "answers"
  }
  apply_immediately = true

  lifecycle {
    prevent_destroy = false
  }
}

resource "aws_elasticache_subnet_group" "pages_subnets" {
  name        = "shop-default-pages-4d23d0"
  description = "pages of shop"
  subnet_ids  = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "pages"
  }
}

resource "aws_security_group" "pages_group" {
  description = "pages of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "pages"
  }
}

resource "aws_vpc_security_group_egress_rule" "pages_group" {
  security_group_id = aws_security_group.pages_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_elasticache_replication_group" "pages" {
  replication_group_id       = "shop-default-pages-4d23d0"
  description                = "pages of shop"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.r7g.xlarge"
  num_cache_clusters         = 1
  automatic_failover_enabled = false
  multi_az_enabled           = false
  port                       = 6379
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  subnet_group_name          = aws_elasticache_subnet_group.pages_subnets.name
  security_group_ids         = [aws_security_group.pages_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "pages"
  }
  apply_immediately = true

  lifecycle {
    prevent_destroy = false
  }
}

resource "aws_cloudwatch_log_group" "reader_logs" {
  name              = "/aws/lambda/shop-default-reader"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }
}

resource "aws_security_group" "reader_group" {
  description = "reader of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }
}

resource "aws_vpc_security_group_egress_rule" "reader_group" {
  security_group_id = aws_security_group.reader_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lambda_function" "reader" {
  function_name    = "shop-default-reader"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/reader-04955410870c.zip"
  source_code_hash = filebase64sha256("${path.module}/code/reader-04955410870c.zip")
  role             = aws_iam_role.reader_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.reader_logs.name
    log_format = "Text"
  }

  vpc_config {
    subnet_ids         = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
    security_group_ids = [aws_security_group.reader_group.id]
  }

  environment {
    variables = {
      ANSWERS_ADDRESS  = aws_elasticache_replication_group.answers.primary_endpoint_address
      ANSWERS_PORT     = aws_elasticache_replication_group.answers.port
      ANSWERS_URL      = "rediss://${aws_elasticache_replication_group.answers.primary_endpoint_address}:${aws_elasticache_replication_group.answers.port}"
      PAGES_ADDRESS    = aws_elasticache_replication_group.pages.primary_endpoint_address
      PAGES_PORT       = aws_elasticache_replication_group.pages.port
      PAGES_URL        = "rediss://${aws_elasticache_replication_group.pages.primary_endpoint_address}:${aws_elasticache_replication_group.pages.port}"
      SESSIONS_ADDRESS = aws_elasticache_replication_group.sessions.primary_endpoint_address
      SESSIONS_PORT    = aws_elasticache_replication_group.sessions.port
      SESSIONS_URL     = "rediss://${aws_elasticache_replication_group.sessions.primary_endpoint_address}:${aws_elasticache_replication_group.sessions.port}"
    }
  }

  depends_on = [aws_iam_role_policy.reader_role]
}

resource "aws_vpc_security_group_ingress_rule" "sessions_from_reader" {
  security_group_id            = aws_security_group.sessions_group.id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  referenced_security_group_id = aws_security_group.reader_group.id
}

resource "aws_vpc_security_group_ingress_rule" "answers_from_reader" {
  security_group_id            = aws_security_group.answers_group.id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  referenced_security_group_id = aws_security_group.reader_group.id
}

resource "aws_vpc_security_group_ingress_rule" "pages_from_reader" {
  security_group_id            = aws_security_group.pages_group.id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  referenced_security_group_id = aws_security_group.reader_group.id
}

resource "aws_iam_role" "reader_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "lambda.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }
}

resource "aws_iam_role_policy" "reader_role" {
  role = aws_iam_role.reader_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.reader_logs.arn}:*"
      },
      {
        Effect = "Allow"
        Action = [
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:UnassignPrivateIpAddresses",
        ]
        Resource = "*"
      },
    ]
  })
}
