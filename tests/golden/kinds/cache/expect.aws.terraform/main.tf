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

resource "aws_elasticache_serverless_cache" "sessions" {
  name                 = "shop-default-sessions-49e631"
  engine               = "valkey"
  major_engine_version = "8"
  subnet_ids           = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
  security_group_ids   = [aws_security_group.sessions_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "sessions"
  }

  cache_usage_limits {
    data_storage {
      minimum = 1
      maximum = 4
      unit    = "GB"
    }
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

resource "aws_elasticache_serverless_cache" "answers" {
  name                 = "shop-default-answers-2b4162"
  engine               = "redis"
  major_engine_version = "7"
  subnet_ids           = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
  security_group_ids   = [aws_security_group.answers_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "answers"
  }

  cache_usage_limits {
    data_storage {
      minimum = 1
      maximum = 3
      unit    = "GB"
    }
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
      ANSWERS_ADDRESS  = aws_elasticache_serverless_cache.answers.endpoint[0].address
      ANSWERS_PORT     = aws_elasticache_serverless_cache.answers.endpoint[0].port
      ANSWERS_URL      = "rediss://${aws_elasticache_serverless_cache.answers.endpoint[0].address}:${aws_elasticache_serverless_cache.answers.endpoint[0].port}"
      SESSIONS_ADDRESS = aws_elasticache_serverless_cache.sessions.endpoint[0].address
      SESSIONS_PORT    = aws_elasticache_serverless_cache.sessions.endpoint[0].port
      SESSIONS_URL     = "rediss://${aws_elasticache_serverless_cache.sessions.endpoint[0].address}:${aws_elasticache_serverless_cache.sessions.endpoint[0].port}"
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
