# Made by Virga from the app vault, stage default. Change the .virga file, not this one.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_availability_zones" "current" {
  state = "available"
}

resource "aws_kms_key" "seal" {
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
  key_usage                = "ENCRYPT_DECRYPT"
  enable_key_rotation      = true
  rotation_period_in_days  = 365
  deletion_window_in_days  = 30
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "seal"
  }
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "seal_alias" {
  name          = "alias/vault-default-seal"
  target_key_id = aws_kms_key.seal.key_id
}

resource "aws_vpc" "inner" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  enable_dns_support   = true
  tags = {
    Name          = "vault-default-inner"
    "virga:app"   = "vault"
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
    Name          = "vault-default-inner-Zone1"
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_route_table" "inner_zone1_routes" {
  vpc_id = aws_vpc.inner.id
  tags = {
    Name          = "vault-default-inner-Zone1"
    "virga:app"   = "vault"
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
    Name          = "vault-default-inner-Zone2"
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_route_table" "inner_zone2_routes" {
  vpc_id = aws_vpc.inner.id
  tags = {
    Name          = "vault-default-inner-Zone2"
    "virga:app"   = "vault"
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
    Name          = "vault-default-inner"
    "virga:app"   = "vault"
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
    Name          = "vault-default-inner-Public1"
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_route_table" "inner_public1_routes" {
  vpc_id = aws_vpc.inner.id
  tags = {
    Name          = "vault-default-inner-Public1"
    "virga:app"   = "vault"
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
    Name          = "vault-default-inner-nat"
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
  depends_on = [aws_internet_gateway_attachment.inner_internet_attachment]
}

resource "aws_nat_gateway" "inner_nat" {
  allocation_id = aws_eip.inner_nat_address.allocation_id
  subnet_id     = aws_subnet.inner_public1.id
  tags = {
    Name          = "vault-default-inner-nat"
    "virga:app"   = "vault"
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
  description = "ledger of vault"
  subnet_ids  = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "ledger"
  }
}

resource "aws_security_group" "ledger_group" {
  description = "ledger of vault"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "ledger"
  }
}

resource "aws_vpc_security_group_egress_rule" "ledger_group" {
  security_group_id = aws_security_group.ledger_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_db_instance" "ledger" {
  engine                      = "postgres"
  engine_version              = "16.12"
  instance_class              = "db.t4g.medium"
  allocated_storage           = "20"
  storage_type                = "gp3"
  storage_encrypted           = true
  multi_az                    = false
  db_name                     = "app"
  username                    = "virga"
  manage_master_user_password = true
  port                        = "5432"
  backup_retention_period     = 7
  copy_tags_to_snapshot       = true
  publicly_accessible         = false
  auto_minor_version_upgrade  = true
  db_subnet_group_name        = aws_db_subnet_group.ledger_subnets.name
  vpc_security_group_ids      = [aws_security_group.ledger_group.id]
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "ledger"
  }
  kms_key_id                = aws_kms_key.seal.arn
  apply_immediately         = true
  final_snapshot_identifier = "vault-default-ledger-last"
}

resource "aws_elasticache_subnet_group" "sessions_subnets" {
  name        = "vault-default-sessions-8f0d1b"
  description = "sessions of vault"
  subnet_ids  = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "sessions"
  }
}

resource "aws_security_group" "sessions_group" {
  description = "sessions of vault"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "vault"
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
  replication_group_id       = "vault-default-sessions-8f0d1b"
  description                = "sessions of vault"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 1
  automatic_failover_enabled = false
  multi_az_enabled           = false
  port                       = 6379
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  subnet_group_name          = aws_elasticache_subnet_group.sessions_subnets.name
  security_group_ids         = [aws_security_group.sessions_group.id]
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "sessions"
  }
  kms_key_id        = aws_kms_key.seal.arn
  apply_immediately = true

  lifecycle {
    prevent_destroy = false
  }
}
