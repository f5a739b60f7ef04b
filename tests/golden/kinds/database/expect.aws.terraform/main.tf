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

resource "aws_db_subnet_group" "ledger_subnets" {
  description = "ledger of shop"
  subnet_ids  = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "ledger"
  }
}

resource "aws_security_group" "ledger_group" {
  description = "ledger of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "ledger"
  }
}

resource "aws_vpc_security_group_egress_rule" "ledger_group" {
  security_group_id = aws_security_group.ledger_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_rds_cluster" "ledger" {
  engine                      = "aurora-postgresql"
  engine_version              = "16"
  database_name               = "app"
  master_username             = "virga"
  manage_master_user_password = true
  port                        = 5432
  backup_retention_period     = 7
  copy_tags_to_snapshot       = true
  storage_encrypted           = true
  db_subnet_group_name        = aws_db_subnet_group.ledger_subnets.name
  vpc_security_group_ids      = [aws_security_group.ledger_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "ledger"
  }
  apply_immediately         = true
  final_snapshot_identifier = "shop-default-ledger-last"

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 4
  }
}

resource "aws_rds_cluster_instance" "ledger_instance" {
  cluster_identifier         = aws_rds_cluster.ledger.id
  instance_class             = "db.serverless"
  engine                     = "aurora-postgresql"
  publicly_accessible        = false
  auto_minor_version_upgrade = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "ledger"
  }
  apply_immediately = true
}

resource "aws_db_subnet_group" "archive_subnets" {
  description = "archive of shop"
  subnet_ids  = [var.part_a, var.part_b]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }
}

resource "aws_security_group" "archive_group" {
  description = "archive of shop"
  vpc_id      = var.vpc
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }
}

resource "aws_vpc_security_group_egress_rule" "archive_group" {
  security_group_id = aws_security_group.archive_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_rds_cluster" "archive" {
  engine                      = "aurora-mysql"
  engine_version              = "8.0"
  database_name               = "archive"
  master_username             = "virga"
  manage_master_user_password = true
  port                        = 3306
  backup_retention_period     = 30
  copy_tags_to_snapshot       = true
  storage_encrypted           = true
  db_subnet_group_name        = aws_db_subnet_group.archive_subnets.name
  vpc_security_group_ids      = [aws_security_group.archive_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }
  apply_immediately   = true
  skip_final_snapshot = true

  serverlessv2_scaling_configuration {
    min_capacity = 1
    max_capacity = 8
  }

  lifecycle {
    prevent_destroy = false
  }
}

resource "aws_rds_cluster_instance" "archive_instance" {
  cluster_identifier         = aws_rds_cluster.archive.id
  instance_class             = "db.serverless"
  engine                     = "aurora-mysql"
  publicly_accessible        = false
  auto_minor_version_upgrade = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }
  apply_immediately = true
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
  vpc_id      = aws_vpc.inner.id
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
  runtime          = "nodejs20.x"
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
    subnet_ids         = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
    security_group_ids = [aws_security_group.writer_group.id]
  }

  environment {
    variables = {
      LEDGER_ADDRESS     = aws_rds_cluster.ledger.endpoint
      LEDGER_DATABASE    = "app"
      LEDGER_PORT        = aws_rds_cluster.ledger.port
      LEDGER_SECRET_NAME = aws_rds_cluster.ledger.master_user_secret[0].secret_arn
    }
  }

  depends_on = [aws_iam_role_policy.writer_role]
}

resource "aws_vpc_security_group_ingress_rule" "ledger_from_writer" {
  security_group_id            = aws_security_group.ledger_group.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = aws_security_group.writer_group.id
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
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_rds_cluster.ledger.master_user_secret[0].secret_arn
      },
    ]
  })
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
  vpc_id      = var.vpc
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
    subnet_ids         = [var.part_a, var.part_b]
    security_group_ids = [aws_security_group.reader_group.id]
  }

  environment {
    variables = {
      ARCHIVE_ADDRESS     = aws_rds_cluster.archive.endpoint
      ARCHIVE_DATABASE    = "archive"
      ARCHIVE_PORT        = aws_rds_cluster.archive.port
      ARCHIVE_SECRET_NAME = aws_rds_cluster.archive.master_user_secret[0].secret_arn
    }
  }

  depends_on = [aws_iam_role_policy.reader_role]
}

resource "aws_vpc_security_group_ingress_rule" "archive_from_reader" {
  security_group_id            = aws_security_group.archive_group.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
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
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_rds_cluster.archive.master_user_secret[0].secret_arn
      },
    ]
  })
}
