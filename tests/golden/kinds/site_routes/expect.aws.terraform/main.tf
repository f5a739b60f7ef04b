# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

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

resource "aws_s3_bucket_policy" "pages_policy" {
  bucket = aws_s3_bucket.pages.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "cloudfront.amazonaws.com"
        }
        Action   = "s3:GetObject"
        Resource = "${aws_s3_bucket.pages.arn}/*"
        Condition = {
          StringEquals = {
            "AWS:SourceArn" = "arn:${data.aws_partition.current.partition}:cloudfront::${data.aws_caller_identity.current.account_id}:distribution/${aws_cloudfront_distribution.front.id}"
          }
        }
      },
    ]
  })
  depends_on = [aws_s3_bucket_public_access_block.pages]
}

resource "aws_cloudfront_origin_access_control" "front_access" {
  name                              = "shop-default-front-${data.aws_region.current.region}"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_cache_policy" "front_cache" {
  name        = "shop-default-front-${data.aws_region.current.region}"
  default_ttl = 86400
  min_ttl     = 0
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_gzip   = true
    enable_accept_encoding_brotli = true

    cookies_config {
      cookie_behavior = "none"
    }

    headers_config {
      header_behavior = "none"
    }

    query_strings_config {
      query_string_behavior = "none"
    }
  }
}

resource "aws_cloudfront_function" "front_index" {
  name    = "shop-default-front-${data.aws_region.current.region}"
  publish = true
  comment = "The index of a folder"
  runtime = "cloudfront-js-2.0"
  code    = "function handler(event) {\n  var request = event.request;\n  if (request.uri.endsWith('/')) request.uri += 'index.html';\n  return request;\n}\n"
}

resource "aws_cloudfront_distribution" "front" {
  enabled             = true
  comment             = "front of shop"
  http_version        = "http2and3"
  is_ipv6_enabled     = true
  price_class         = "PriceClass_All"
  default_root_object = "index.html"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }

  origin {
    origin_id                = "files"
    domain_name              = aws_s3_bucket.pages.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.front_access.id
  }

  origin {
    origin_id   = "gateway-public"
    domain_name = "${aws_apigatewayv2_api.public.id}.execute-api.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"

    custom_origin_config {
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      http_port              = 80
      https_port             = 443
    }
  }

  origin {
    origin_id   = "gateway-partners"
    domain_name = "${aws_api_gateway_rest_api.partners.id}.execute-api.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"
    origin_path = "/live"

    custom_origin_config {
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      http_port              = 80
      https_port             = 443
    }
  }

  default_cache_behavior {
    target_origin_id       = "files"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = true
    cache_policy_id        = aws_cloudfront_cache_policy.front_cache.id

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.front_index.arn
    }
  }

  custom_error_response {
    error_code         = 403
    response_code      = 404
    response_page_path = "/404.html"
  }

  custom_error_response {
    error_code         = 404
    response_code      = 404
    response_page_path = "/404.html"
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }

  ordered_cache_behavior {
    path_pattern             = "/api"
    target_origin_id         = "gateway-public"
    viewer_protocol_policy   = "redirect-to-https"
    allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods           = ["GET", "HEAD"]
    compress                 = true
    cache_policy_id          = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    origin_request_policy_id = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
  }

  ordered_cache_behavior {
    path_pattern             = "/api/*"
    target_origin_id         = "gateway-public"
    viewer_protocol_policy   = "redirect-to-https"
    allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods           = ["GET", "HEAD"]
    compress                 = true
    cache_policy_id          = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    origin_request_policy_id = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
  }

  ordered_cache_behavior {
    path_pattern             = "/orders/*/raw"
    target_origin_id         = "gateway-partners"
    viewer_protocol_policy   = "redirect-to-https"
    allowed_methods          = ["GET", "HEAD", "OPTIONS"]
    cached_methods           = ["GET", "HEAD"]
    compress                 = true
    cache_policy_id          = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    origin_request_policy_id = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
}

resource "aws_apigatewayv2_api" "public" {
  name          = "shop-default-public"
  protocol_type = "HTTP"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_cloudwatch_log_group" "public_access_log" {
  name              = "/aws/vendedlogs/apigateway/shop-default-public"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_apigatewayv2_stage" "public_stage" {
  api_id      = aws_apigatewayv2_api.public.id
  name        = "$default"
  auto_deploy = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.public_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"route\":\"$context.routeKey\",\"status\":\"$context.status\",\"latency\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}"
  }
}

resource "aws_apigatewayv2_integration" "public_to_api" {
  api_id                 = aws_apigatewayv2_api.public.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.api.arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "public_any_api_path" {
  api_id             = aws_apigatewayv2_api.public.id
  route_key          = "ANY /api/{path+}"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.public_to_api.id}"
}

resource "aws_apigatewayv2_route" "public_any_api" {
  api_id             = aws_apigatewayv2_api.public.id
  route_key          = "ANY /api"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.public_to_api.id}"
}

resource "aws_api_gateway_rest_api" "partners" {
  name           = "shop-default-partners"
  api_key_source = "HEADER"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "partners"
  }

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_cloudwatch_log_group" "partners_access_log" {
  name              = "/aws/vendedlogs/apigateway/shop-default-partners"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "partners"
  }
}

resource "aws_api_gateway_stage" "partners_stage" {
  rest_api_id = aws_api_gateway_rest_api.partners.id
  stage_name  = "live"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "partners"
  }
  deployment_id = aws_api_gateway_deployment.partners_deploymenta8a97c483d.id

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.partners_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"route\":\"$context.httpMethod $context.resourcePath\",\"status\":\"$context.status\",\"latency\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}"
  }
}

resource "aws_api_gateway_usage_plan" "partners_plan" {
  name = "shop-default-partners"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "partners"
  }

  api_stages {
    api_id = aws_api_gateway_rest_api.partners.id
    stage  = aws_api_gateway_stage.partners_stage.stage_name
  }
}

resource "aws_api_gateway_api_key" "partners_key_keyed_acme" {
  name    = "shop-default-partners-acme"
  enabled = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "partners"
  }
}

resource "aws_api_gateway_usage_plan_key" "partners_key_keyed_acme_in_plan" {
  key_id        = aws_api_gateway_api_key.partners_key_keyed_acme.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.partners_plan.id
}

resource "aws_api_gateway_resource" "partners_path_orders" {
  rest_api_id = aws_api_gateway_rest_api.partners.id
  parent_id   = aws_api_gateway_rest_api.partners.root_resource_id
  path_part   = "orders"
}

resource "aws_api_gateway_resource" "partners_path_orders_id" {
  rest_api_id = aws_api_gateway_rest_api.partners.id
  parent_id   = aws_api_gateway_resource.partners_path_orders.id
  path_part   = "{id}"
}

resource "aws_api_gateway_resource" "partners_path_orders_id_raw" {
  rest_api_id = aws_api_gateway_rest_api.partners.id
  parent_id   = aws_api_gateway_resource.partners_path_orders_id.id
  path_part   = "raw"
}

resource "aws_api_gateway_method" "partners_get_orders_id_raw" {
  rest_api_id      = aws_api_gateway_rest_api.partners.id
  resource_id      = aws_api_gateway_resource.partners_path_orders_id_raw.id
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_integration" "partners_get_orders_id_raw" {
  rest_api_id             = aws_api_gateway_method.partners_get_orders_id_raw.rest_api_id
  resource_id             = aws_api_gateway_method.partners_get_orders_id_raw.resource_id
  http_method             = aws_api_gateway_method.partners_get_orders_id_raw.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.region}:lambda:path/2015-03-31/functions/${aws_lambda_function.api.arn}/invocations"
  timeout_milliseconds    = 29000
}

resource "aws_api_gateway_deployment" "partners_deploymenta8a97c483d" {
  rest_api_id = aws_api_gateway_rest_api.partners.id

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_api_gateway_method.partners_get_orders_id_raw, aws_api_gateway_integration.partners_get_orders_id_raw]
}

resource "aws_cloudwatch_log_group" "api_logs" {
  name              = "/aws/lambda/shop-default-api"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "api"
  }
}

resource "aws_lambda_function" "api" {
  function_name    = "shop-default-api"
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/api-04955410870c.zip"
  source_code_hash = filebase64sha256("${path.module}/code/api-04955410870c.zip")
  role             = aws_iam_role.api_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "api"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.api_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.api_role]
}

resource "aws_lambda_permission" "api_from_public_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.public.id}/*/*"
  statement_id  = "ApiFromPublicPermission"
}

resource "aws_lambda_permission" "api_from_partners_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_api_gateway_rest_api.partners.id}/*/*"
  statement_id  = "ApiFromPartnersPermission"
}

resource "aws_iam_role" "api_role" {
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
    "virga:node"  = "api"
  }
}

resource "aws_iam_role_policy" "api_role" {
  role = aws_iam_role.api_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.api_logs.arn}:*"
      },
    ]
  })
}
