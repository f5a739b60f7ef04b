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

resource "aws_efs_file_system" "shared" {
  encrypted        = true
  performance_mode = "generalPurpose"
  throughput_mode  = "elastic"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "shared"
  }

  lifecycle {
    prevent_destroy = false
  }
}

resource "aws_efs_backup_policy" "shared" {
  file_system_id = aws_efs_file_system.shared.id

  backup_policy {
    status = "DISABLED"
  }
}

resource "aws_efs_file_system_policy" "shared" {
  file_system_id = aws_efs_file_system.shared.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Deny"
        Principal = {
          AWS = "*"
        }
        Action = "*"
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
    ]
  })
}

resource "aws_security_group" "shared_group" {
  description = "shared of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "shared"
  }
}

resource "aws_vpc_security_group_egress_rule" "shared_group" {
  security_group_id = aws_security_group.shared_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_efs_mount_target" "shared_zone1" {
  file_system_id  = aws_efs_file_system.shared.id
  subnet_id       = aws_subnet.inner_zone1.id
  security_groups = [aws_security_group.shared_group.id]
}

resource "aws_efs_mount_target" "shared_zone2" {
  file_system_id  = aws_efs_file_system.shared.id
  subnet_id       = aws_subnet.inner_zone2.id
  security_groups = [aws_security_group.shared_group.id]
}

resource "aws_efs_access_point" "shared_access" {
  file_system_id = aws_efs_file_system.shared.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "shared"
  }

  posix_user {
    uid = "1000"
    gid = "1000"
  }

  root_directory {
    path = "/shared"

    creation_info {
      owner_uid   = "1000"
      owner_gid   = "1000"
      permissions = "755"
    }
  }
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
    subnet_ids         = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
    security_group_ids = [aws_security_group.writer_group.id]
  }

  file_system_config {
    arn              = aws_efs_access_point.shared_access.arn
    local_mount_path = "/mnt/work"
  }

  environment {
    variables = {
      SHARED_PATH = "/mnt/work"
    }
  }

  depends_on = [aws_efs_mount_target.shared_zone1, aws_efs_mount_target.shared_zone2, aws_iam_role_policy.writer_role]
}

resource "aws_vpc_security_group_ingress_rule" "shared_from_writer" {
  security_group_id            = aws_security_group.shared_group.id
  ip_protocol                  = "tcp"
  from_port                    = 2049
  to_port                      = 2049
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
        Action   = "elasticfilesystem:ClientMount"
        Resource = aws_efs_file_system.shared.arn
      },
      {
        Effect   = "Allow"
        Action   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
        Resource = aws_efs_file_system.shared.arn
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
    subnet_ids         = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
    security_group_ids = [aws_security_group.reader_group.id]
  }

  file_system_config {
    arn              = aws_efs_access_point.shared_access.arn
    local_mount_path = "/mnt/files"
  }

  environment {
    variables = {
      SHARED_PATH = "/mnt/files"
    }
  }

  depends_on = [aws_efs_mount_target.shared_zone1, aws_efs_mount_target.shared_zone2, aws_iam_role_policy.reader_role]
}

resource "aws_vpc_security_group_ingress_rule" "shared_from_reader" {
  security_group_id            = aws_security_group.shared_group.id
  ip_protocol                  = "tcp"
  from_port                    = 2049
  to_port                      = 2049
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
        Action   = "elasticfilesystem:ClientMount"
        Resource = aws_efs_file_system.shared.arn
      },
    ]
  })
}
