# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_availability_zones" "current" {
  state = "available"
}

resource "aws_vpc" "closed" {
  cidr_block           = "10.1.0.0/20"
  enable_dns_hostnames = true
  enable_dns_support   = true
  tags = {
    Name          = "shop-default-closed"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "closed"
  }
}

resource "aws_subnet" "closed_zone1" {
  vpc_id                  = aws_vpc.closed.id
  cidr_block              = "10.1.0.0/24"
  availability_zone       = data.aws_availability_zones.current.names[0]
  map_public_ip_on_launch = false
  tags = {
    Name          = "shop-default-closed-Zone1"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "closed"
  }
}

resource "aws_route_table" "closed_zone1_routes" {
  vpc_id = aws_vpc.closed.id
  tags = {
    Name          = "shop-default-closed-Zone1"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "closed"
  }
}

resource "aws_route_table_association" "closed_zone1_routing" {
  subnet_id      = aws_subnet.closed_zone1.id
  route_table_id = aws_route_table.closed_zone1_routes.id
}

resource "aws_vpc_endpoint" "closed_to_s3" {
  vpc_id            = aws_vpc.closed.id
  service_name      = "com.amazonaws.${data.aws_region.current.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.closed_zone1_routes.id]
}

resource "aws_vpc_endpoint" "closed_to_dynamo_d_b" {
  vpc_id            = aws_vpc.closed.id
  service_name      = "com.amazonaws.${data.aws_region.current.region}.dynamodb"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.closed_zone1_routes.id]
}

resource "aws_vpc" "open" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  enable_dns_support   = true
  tags = {
    Name          = "shop-default-open"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "aws_subnet" "open_zone1" {
  vpc_id                  = aws_vpc.open.id
  cidr_block              = "10.0.0.0/20"
  availability_zone       = data.aws_availability_zones.current.names[0]
  map_public_ip_on_launch = false
  tags = {
    Name          = "shop-default-open-Zone1"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "aws_route_table" "open_zone1_routes" {
  vpc_id = aws_vpc.open.id
  tags = {
    Name          = "shop-default-open-Zone1"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "aws_route_table_association" "open_zone1_routing" {
  subnet_id      = aws_subnet.open_zone1.id
  route_table_id = aws_route_table.open_zone1_routes.id
}

resource "aws_subnet" "open_zone2" {
  vpc_id                  = aws_vpc.open.id
  cidr_block              = "10.0.16.0/20"
  availability_zone       = data.aws_availability_zones.current.names[1]
  map_public_ip_on_launch = false
  tags = {
    Name          = "shop-default-open-Zone2"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "aws_route_table" "open_zone2_routes" {
  vpc_id = aws_vpc.open.id
  tags = {
    Name          = "shop-default-open-Zone2"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "aws_route_table_association" "open_zone2_routing" {
  subnet_id      = aws_subnet.open_zone2.id
  route_table_id = aws_route_table.open_zone2_routes.id
}

resource "aws_internet_gateway" "open_internet" {
  tags = {
    Name          = "shop-default-open"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "aws_internet_gateway_attachment" "open_internet_attachment" {
  vpc_id              = aws_vpc.open.id
  internet_gateway_id = aws_internet_gateway.open_internet.id
}

resource "aws_subnet" "open_public1" {
  vpc_id                  = aws_vpc.open.id
  cidr_block              = "10.0.128.0/20"
  availability_zone       = data.aws_availability_zones.current.names[0]
  map_public_ip_on_launch = false
  tags = {
    Name          = "shop-default-open-Public1"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "aws_route_table" "open_public1_routes" {
  vpc_id = aws_vpc.open.id
  tags = {
    Name          = "shop-default-open-Public1"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "aws_route_table_association" "open_public1_routing" {
  subnet_id      = aws_subnet.open_public1.id
  route_table_id = aws_route_table.open_public1_routes.id
}

resource "aws_route" "open_public1_way_out" {
  route_table_id         = aws_route_table.open_public1_routes.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.open_internet.id
  depends_on             = [aws_internet_gateway_attachment.open_internet_attachment]
}

resource "aws_eip" "open_nat_address" {
  domain = "vpc"
  tags = {
    Name          = "shop-default-open-nat"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
  depends_on = [aws_internet_gateway_attachment.open_internet_attachment]
}

resource "aws_nat_gateway" "open_nat" {
  allocation_id = aws_eip.open_nat_address.allocation_id
  subnet_id     = aws_subnet.open_public1.id
  tags = {
    Name          = "shop-default-open-nat"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "aws_route" "open_zone1_way_out" {
  route_table_id         = aws_route_table.open_zone1_routes.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.open_nat.id
}

resource "aws_route" "open_zone2_way_out" {
  route_table_id         = aws_route_table.open_zone2_routes.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.open_nat.id
}

resource "aws_s3_bucket" "pages" {
  bucket = "shop--default--pages-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "pages"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "pages" {
  bucket = aws_s3_bucket.pages.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "pages" {
  bucket = aws_s3_bucket.pages.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "pages" {
  bucket                  = aws_s3_bucket.pages.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_dynamodb_table" "ledger" {
  name         = "shop-default-ledger"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "ledger"
  }

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = false
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_sqs_queue" "orders" {
  name                       = "shop-default-orders"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "orders"
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
  vpc_id      = aws_vpc.closed.id
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
  runtime          = "python3.12"
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
    subnet_ids         = [aws_subnet.closed_zone1.id]
    security_group_ids = [aws_security_group.reader_group.id]
  }

  environment {
    variables = {
      LEDGER_TABLE_NAME = aws_dynamodb_table.ledger.name
      PAGES_BUCKET_NAME = aws_s3_bucket.pages.id
    }
  }

  depends_on = [aws_iam_role_policy.reader_role]
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
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "${aws_s3_bucket.pages.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = aws_s3_bucket.pages.arn
      },
      {
        Effect = "Allow"
        Action = [
          "dynamodb:BatchWriteItem",
          "dynamodb:ConditionCheckItem",
          "dynamodb:DeleteItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
        ]
        Resource = aws_dynamodb_table.ledger.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "writer_logs" {
  name              = "/aws/lambda/shop-default-writer"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "writer"
  }
}

resource "aws_security_group" "writer_group" {
  description = "writer of shop"
  vpc_id      = aws_vpc.open.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "writer"
  }
}

resource "aws_vpc_security_group_egress_rule" "writer_group" {
  security_group_id = aws_security_group.writer_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lambda_function" "writer" {
  function_name    = "shop-default-writer"
  runtime          = "python3.12"
  handler          = "index.handler"
  filename         = "${path.module}/code/writer-04955410870c.zip"
  source_code_hash = filebase64sha256("${path.module}/code/writer-04955410870c.zip")
  role             = aws_iam_role.writer_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "writer"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.writer_logs.name
    log_format = "Text"
  }

  vpc_config {
    subnet_ids         = [aws_subnet.open_zone1.id, aws_subnet.open_zone2.id]
    security_group_ids = [aws_security_group.writer_group.id]
  }

  environment {
    variables = {
      ORDERS_QUEUE_URL = aws_sqs_queue.orders.url
    }
  }

  depends_on = [aws_iam_role_policy.writer_role]
}

resource "aws_iam_role" "writer_role" {
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
    "virga:node"  = "writer"
  }
}

resource "aws_iam_role_policy" "writer_role" {
  role = aws_iam_role.writer_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.writer_logs.arn}:*"
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
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.orders.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "sender_logs" {
  name              = "/aws/lambda/shop-default-sender"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "sender"
  }
}

resource "aws_security_group" "sender_group" {
  description = "sender of shop"
  vpc_id      = var.vpc
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "sender"
  }
}

resource "aws_vpc_security_group_egress_rule" "sender_group" {
  security_group_id = aws_security_group.sender_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lambda_function" "sender" {
  function_name    = "shop-default-sender"
  runtime          = "python3.12"
  handler          = "index.handler"
  filename         = "${path.module}/code/sender-04955410870c.zip"
  source_code_hash = filebase64sha256("${path.module}/code/sender-04955410870c.zip")
  role             = aws_iam_role.sender_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "sender"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.sender_logs.name
    log_format = "Text"
  }

  vpc_config {
    subnet_ids         = [var.part_a, var.part_b]
    security_group_ids = [aws_security_group.sender_group.id]
  }

  environment {
    variables = {
      ORDERS_QUEUE_URL = aws_sqs_queue.orders.url
    }
  }

  depends_on = [aws_iam_role_policy.sender_role]
}

resource "aws_iam_role" "sender_role" {
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
    "virga:node"  = "sender"
  }
}

resource "aws_iam_role_policy" "sender_role" {
  role = aws_iam_role.sender_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.sender_logs.arn}:*"
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
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.orders.arn
      },
    ]
  })
}
