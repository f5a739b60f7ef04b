# Made by Virga from the app vault, stage default. Change the .virga file, not this one.

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_log_project" "log_project" {
  project_name = "vault--default-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
  }
}

resource "alicloud_kms_key" "seal_key" {
  description            = "What customers trust us with"
  key_spec               = "Aliyun_AES_256"
  key_usage              = "ENCRYPT/DECRYPT"
  dkms_instance_id       = var.seal_instance
  automatic_rotation     = "Enabled"
  rotation_interval      = "180d"
  pending_window_in_days = 14
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "seal"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_kms_alias" "seal_alias" {
  alias_name = "alias/vault-default-seal"
  key_id     = alicloud_kms_key.seal_key.id
}

resource "alicloud_oss_bucket" "papers_bucket" {
  bucket          = "vault--default--papers-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "papers"
  }

  server_side_encryption_rule {
    sse_algorithm     = "KMS"
    kms_master_key_id = alicloud_kms_key.seal_key.id
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oss_bucket_acl" "papers_bucket" {
  bucket     = alicloud_oss_bucket.papers_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.papers_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "papers_bucket" {
  bucket              = alicloud_oss_bucket.papers_bucket.bucket
  block_public_access = true
}

resource "alicloud_oss_bucket" "more_bucket" {
  bucket          = "vault--default--more-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "more"
  }

  server_side_encryption_rule {
    sse_algorithm     = "KMS"
    kms_master_key_id = var.old
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oss_bucket_acl" "more_bucket" {
  bucket     = alicloud_oss_bucket.more_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.more_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "more_bucket" {
  bucket              = alicloud_oss_bucket.more_bucket.bucket
  block_public_access = true
}

resource "alicloud_ram_role" "audit_key_role" {
  role_name = "vault--default--audit--key-${data.alicloud_regions.current.regions[0].id}"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["log.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "audit"
  }
}

resource "alicloud_ram_policy" "audit_key_role" {
  policy_name = "vault--default--audit--key-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Describe*", "kms:List*"]
        Resource = ["*"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:key/${alicloud_kms_key.seal_key.id}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "audit_key_role" {
  policy_name = alicloud_ram_policy.audit_key_role.policy_name
  policy_type = alicloud_ram_policy.audit_key_role.type
  role_name   = alicloud_ram_role.audit_key_role.role_name
}

resource "alicloud_log_store" "audit_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "vault-default-audit"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64

  encrypt_conf {
    enable       = true
    encrypt_type = "default"

    user_cmk_info {
      cmk_key_id = alicloud_kms_key.seal_key.id
      region_id  = data.alicloud_regions.current.regions[0].id
      arn        = alicloud_ram_role.audit_key_role.arn
    }
  }

  depends_on = [alicloud_ram_role_policy_attachment.audit_key_role]
}

resource "alicloud_log_store_index" "audit_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.audit_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "clicks_key_role" {
  role_name = "vault--default--clicks--key-${data.alicloud_regions.current.regions[0].id}"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["log.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "clicks"
  }
}

resource "alicloud_ram_policy" "clicks_key_role" {
  policy_name = "vault--default--clicks--key-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Describe*", "kms:List*"]
        Resource = ["*"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:key/${var.old}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "clicks_key_role" {
  policy_name = alicloud_ram_policy.clicks_key_role.policy_name
  policy_type = alicloud_ram_policy.clicks_key_role.type
  role_name   = alicloud_ram_role.clicks_key_role.role_name
}

resource "alicloud_log_store" "clicks_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "vault-default-clicks"
  retention_period      = 1
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64

  encrypt_conf {
    enable       = true
    encrypt_type = "default"

    user_cmk_info {
      cmk_key_id = var.old
      region_id  = data.alicloud_regions.current.regions[0].id
      arn        = alicloud_ram_role.clicks_key_role.arn
    }
  }

  depends_on = [alicloud_ram_role_policy_attachment.clicks_key_role]
}

resource "alicloud_ram_role" "take_key_role" {
  role_name = "vault--default--take--key-${data.alicloud_regions.current.regions[0].id}"
  assume_role_policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = ["log.aliyuncs.com"]
        }
      },
    ]
  })
  force = true
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }
}

resource "alicloud_ram_policy" "take_key_role" {
  policy_name = "vault--default--take--key-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Describe*", "kms:List*"]
        Resource = ["*"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:key/${alicloud_kms_key.seal_key.id}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "take_key_role" {
  policy_name = alicloud_ram_policy.take_key_role.policy_name
  policy_type = alicloud_ram_policy.take_key_role.type
  role_name   = alicloud_ram_role.take_key_role.role_name
}

resource "alicloud_log_store" "take_logstore" {
  project_name          = alicloud_log_project.log_project.project_name
  logstore_name         = "vault-default-take"
  retention_period      = 30
  shard_count           = 2
  auto_split            = true
  max_split_shard_count = 64

  encrypt_conf {
    enable       = true
    encrypt_type = "default"

    user_cmk_info {
      cmk_key_id = alicloud_kms_key.seal_key.id
      region_id  = data.alicloud_regions.current.regions[0].id
      arn        = alicloud_ram_role.take_key_role.arn
    }
  }

  depends_on = [alicloud_ram_role_policy_attachment.take_key_role]
}

resource "alicloud_log_store_index" "take_logstore_index" {
  project  = alicloud_log_project.log_project.project_name
  logstore = alicloud_log_store.take_logstore.logstore_name

  full_text {
    case_sensitive  = false
    include_chinese = true
    token           = ", '\";=()[]{}?@&<>/:\n\t\r"
  }
}

resource "alicloud_ram_role" "take_role" {
  role_name = "vault--default--take-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }
}

resource "alicloud_ram_policy" "take_role" {
  policy_name = "vault--default--take-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.take_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["oss:PutObject", "oss:DeleteObject", "oss:AbortMultipartUpload"]
        Resource = ["acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.papers_bucket.bucket}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:key/${alicloud_kms_key.seal_key.id}"]
      },
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.clicks_logstore.logstore_name}"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Encrypt", "kms:GenerateDataKey"]
        Resource = ["acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:key/${alicloud_kms_key.seal_key.id}"]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "take_role" {
  policy_name = alicloud_ram_policy.take_role.policy_name
  policy_type = alicloud_ram_policy.take_role.type
  role_name   = alicloud_ram_role.take_role.role_name
}

resource "alicloud_fcv3_function" "take_function" {
  function_name        = "vault-default-take"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    PAPERS_BUCKET_NAME     = alicloud_oss_bucket.papers_bucket.bucket
    PAPERS_BUCKET_ENDPOINT = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
    CLICKS_STREAM_NAME     = alicloud_log_store.clicks_logstore.logstore_name
    CLICKS_STREAM_PROJECT  = alicloud_log_project.log_project.project_name
    SEAL_KEY_ID            = alicloud_kms_key.seal_key.id
  }
  role = alicloud_ram_role.take_role.arn
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "vault/take-95d3900e7950.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.take_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.take_role]
}

resource "alicloud_ram_role" "work_role" {
  role_name = "vault--default--work-${data.alicloud_regions.current.regions[0].id}"
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
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "work"
  }
}

resource "alicloud_ram_policy" "work_role" {
  policy_name = "vault--default--work-${data.alicloud_regions.current.regions[0].id}"
  policy_document = jsonencode({
    Version = "1"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["log:PostLogStoreLogs"]
        Resource = ["acs:log:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:project/${alicloud_log_project.log_project.project_name}/logstore/${alicloud_log_store.audit_logstore.logstore_name}"]
      },
      {
        Effect = "Allow"
        Action = ["oss:GetObject"]
        Resource = [
          "acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.papers_bucket.bucket}/*",
          "acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.more_bucket.bucket}/*",
        ]
      },
      {
        Effect = "Allow"
        Action = ["oss:ListObjects"]
        Resource = [
          "acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.papers_bucket.bucket}",
          "acs:oss:*:${data.alicloud_account.current.id}:${alicloud_oss_bucket.more_bucket.bucket}",
        ]
      },
      {
        Effect = "Allow"
        Action = ["kms:Decrypt"]
        Resource = [
          "acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:key/${alicloud_kms_key.seal_key.id}",
          "acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:key/${var.old}",
        ]
      },
    ]
  })
}

resource "alicloud_ram_role_policy_attachment" "work_role" {
  policy_name = alicloud_ram_policy.work_role.policy_name
  policy_type = alicloud_ram_policy.work_role.type
  role_name   = alicloud_ram_role.work_role.role_name
}

resource "alicloud_fcv3_function" "work_function" {
  function_name        = "vault-default-work"
  runtime              = "nodejs20"
  handler              = "index.handler"
  memory_size          = 512
  cpu                  = 0.15
  disk_size            = 512
  timeout              = 10
  instance_concurrency = 1
  internet_access      = true
  environment_variables = {
    PAPERS_BUCKET_NAME     = alicloud_oss_bucket.papers_bucket.bucket
    PAPERS_BUCKET_ENDPOINT = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
    MORE_BUCKET_NAME       = alicloud_oss_bucket.more_bucket.bucket
    MORE_BUCKET_ENDPOINT   = "https://oss-${data.alicloud_regions.current.regions[0].id}.aliyuncs.com"
    GIVEN_KEY_ID           = var.old
  }
  role = alicloud_ram_role.work_role.arn
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "work"
  }

  code {
    oss_bucket_name = var.code_bucket
    oss_object_name = "vault/work-95d3900e7950.zip"
  }

  log_config {
    project                 = alicloud_log_project.log_project.project_name
    logstore                = alicloud_log_store.audit_logstore.logstore_name
    enable_request_metrics  = true
    enable_instance_metrics = false
    log_begin_rule          = "DefaultRegex"
  }

  depends_on = [alicloud_ram_role_policy_attachment.work_role]
}
