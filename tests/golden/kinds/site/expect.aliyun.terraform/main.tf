# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

data "alicloud_account" "current" {}

data "alicloud_regions" "current" {
  current = true
}

resource "alicloud_oss_bucket" "pages_bucket" {
  bucket          = "shop--default--pages-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "pages"
  }

  server_side_encryption_rule {
    sse_algorithm = "AES256"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oss_bucket_acl" "pages_bucket" {
  bucket     = alicloud_oss_bucket.pages_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.pages_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "pages_bucket" {
  bucket              = alicloud_oss_bucket.pages_bucket.bucket
  block_public_access = true
}

resource "alicloud_oss_bucket" "bundle_bucket" {
  bucket          = "shop--default--bundle-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "bundle"
  }

  server_side_encryption_rule {
    sse_algorithm = "AES256"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oss_bucket_acl" "bundle_bucket" {
  bucket     = alicloud_oss_bucket.bundle_bucket.bucket
  acl        = "private"
  depends_on = [alicloud_oss_bucket_public_access_block.bundle_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "bundle_bucket" {
  bucket              = alicloud_oss_bucket.bundle_bucket.bucket
  block_public_access = true
}

resource "alicloud_oss_bucket" "open_bucket" {
  bucket          = "shop--default--open-${data.alicloud_account.current.id}-${data.alicloud_regions.current.regions[0].id}"
  storage_class   = "Standard"
  redundancy_type = "ZRS"
  force_destroy   = false
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }

  server_side_encryption_rule {
    sse_algorithm = "AES256"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "alicloud_oss_bucket_acl" "open_bucket" {
  bucket     = alicloud_oss_bucket.open_bucket.bucket
  acl        = "public-read"
  depends_on = [alicloud_oss_bucket_public_access_block.open_bucket]
}

resource "alicloud_oss_bucket_public_access_block" "open_bucket" {
  bucket              = alicloud_oss_bucket.open_bucket.bucket
  block_public_access = false
}

resource "alicloud_oss_bucket_website" "docs_website" {
  bucket = alicloud_oss_bucket.pages_bucket.bucket

  index_document {
    suffix          = "index.html"
    support_sub_dir = "true"
    type            = "0"
  }

  error_document {
    key         = "404.html"
    http_status = "404"
  }
}

resource "alicloud_oss_bucket_cname" "docs_bucket_domain" {
  bucket = alicloud_oss_bucket.pages_bucket.bucket
  domain = "docs.example.com"
}

resource "alicloud_cdn_domain_new" "docs_domain" {
  domain_name = "docs.example.com"
  cdn_type    = "web"
  scope       = "overseas"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "docs"
  }

  sources {
    content  = "${alicloud_oss_bucket.pages_bucket.bucket}.${alicloud_oss_bucket.pages_bucket.extranet_endpoint}"
    type     = "oss"
    port     = 80
    priority = 20
    weight   = 10
  }
}

resource "terraform_data" "docs_settings" {
  input = alicloud_cdn_domain_new.docs_domain.domain_name
}

resource "alicloud_cdn_domain_config" "docs_settings" {
  domain_name   = terraform_data.docs_settings.output
  function_name = "l2_oss_key"

  function_args {
    arg_name  = "private_oss_auth"
    arg_value = "on"
  }
}

resource "alicloud_cdn_domain_config" "docs_settings_2" {
  domain_name   = terraform_data.docs_settings.output
  function_name = "set_req_host_header"

  function_args {
    arg_name  = "domain_name"
    arg_value = "docs.example.com"
  }
}

resource "alicloud_cdn_domain_config" "docs_settings_3" {
  domain_name   = terraform_data.docs_settings.output
  function_name = "path_based_ttl_set"

  function_args {
    arg_name  = "path"
    arg_value = "/"
  }

  function_args {
    arg_name  = "ttl"
    arg_value = "3600"
  }

  function_args {
    arg_name  = "weight"
    arg_value = "1"
  }
}

resource "alicloud_alidns_record" "docs_record" {
  domain_name = "example.com"
  rr          = "docs"
  type        = "CNAME"
  value       = alicloud_cdn_domain_new.docs_domain.cname
}

resource "alicloud_oss_bucket_website" "console_website" {
  bucket = alicloud_oss_bucket.bundle_bucket.bucket

  index_document {
    suffix          = "index.html"
    support_sub_dir = "true"
    type            = "0"
  }

  error_document {
    key         = "index.html"
    http_status = "200"
  }
}

resource "alicloud_oss_bucket_cname" "console_bucket_domain" {
  bucket = alicloud_oss_bucket.bundle_bucket.bucket
  domain = "console.example.com"
}

resource "alicloud_cdn_domain_new" "console_domain" {
  domain_name = "console.example.com"
  cdn_type    = "web"
  scope       = "domestic"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "console"
  }

  sources {
    content  = "${alicloud_oss_bucket.bundle_bucket.bucket}.${alicloud_oss_bucket.bundle_bucket.extranet_endpoint}"
    type     = "oss"
    port     = 80
    priority = 20
    weight   = 10
  }
}

resource "terraform_data" "console_settings" {
  input = alicloud_cdn_domain_new.console_domain.domain_name
}

resource "alicloud_cdn_domain_config" "console_settings" {
  domain_name   = terraform_data.console_settings.output
  function_name = "l2_oss_key"

  function_args {
    arg_name  = "private_oss_auth"
    arg_value = "on"
  }
}

resource "alicloud_cdn_domain_config" "console_settings_2" {
  domain_name   = terraform_data.console_settings.output
  function_name = "set_req_host_header"

  function_args {
    arg_name  = "domain_name"
    arg_value = "console.example.com"
  }
}

resource "alicloud_cdn_domain_config" "console_settings_3" {
  domain_name   = terraform_data.console_settings.output
  function_name = "path_based_ttl_set"

  function_args {
    arg_name  = "path"
    arg_value = "/"
  }

  function_args {
    arg_name  = "ttl"
    arg_value = "86400"
  }

  function_args {
    arg_name  = "weight"
    arg_value = "1"
  }
}

resource "alicloud_oss_bucket_website" "samples_website" {
  bucket = alicloud_oss_bucket.open_bucket.bucket

  index_document {
    suffix          = "start.html"
    support_sub_dir = "true"
    type            = "0"
  }
}

resource "alicloud_oss_bucket_cname" "samples_bucket_domain" {
  bucket = alicloud_oss_bucket.open_bucket.bucket
  domain = "samples.example.com"
}

resource "alicloud_cdn_domain_new" "samples_domain" {
  domain_name = "samples.example.com"
  cdn_type    = "web"
  scope       = "domestic"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "samples"
  }

  sources {
    content  = "${alicloud_oss_bucket.open_bucket.bucket}.${alicloud_oss_bucket.open_bucket.extranet_endpoint}"
    type     = "oss"
    port     = 80
    priority = 20
    weight   = 10
  }
}

resource "terraform_data" "samples_settings" {
  input = alicloud_cdn_domain_new.samples_domain.domain_name
}

resource "alicloud_cdn_domain_config" "samples_settings" {
  domain_name   = terraform_data.samples_settings.output
  function_name = "l2_oss_key"

  function_args {
    arg_name  = "private_oss_auth"
    arg_value = "on"
  }
}

resource "alicloud_cdn_domain_config" "samples_settings_2" {
  domain_name   = terraform_data.samples_settings.output
  function_name = "set_req_host_header"

  function_args {
    arg_name  = "domain_name"
    arg_value = "samples.example.com"
  }
}

resource "alicloud_cdn_domain_config" "samples_settings_3" {
  domain_name   = terraform_data.samples_settings.output
  function_name = "path_based_ttl_set"

  function_args {
    arg_name  = "path"
    arg_value = "/"
  }

  function_args {
    arg_name  = "ttl"
    arg_value = "86400"
  }

  function_args {
    arg_name  = "weight"
    arg_value = "1"
  }
}
