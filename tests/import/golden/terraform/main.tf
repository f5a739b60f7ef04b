terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
    archive = {
      source = "hashicorp/archive"
    }
  }
  backend "s3" {
    bucket = "states"
    key    = "orders.tfstate"
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = local.tags
  }
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}

data "aws_caller_identity" "current" {}

data "archive_file" "worker" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/worker.zip"
}

locals {
  tags   = { team = "orders" }
  prefix = "orders-${var.stage}"
}

resource "aws_sqs_queue" "orders" {
  name                       = "${var.stage}-orders"
  visibility_timeout_seconds = 90
  message_retention_seconds  = 86400
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "dead_letters" {
  name = "${var.stage}-orders-dlq"
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_lambda_function" "worker" {
  function_name    = "orders-worker"
  filename         = data.archive_file.worker.output_path
  source_code_hash = data.archive_file.worker.output_base64sha256
  handler          = "index.handler"
  runtime          = "nodejs20.x"
  timeout          = 15
  memory_size      = 256
  role             = aws_iam_role.worker.arn

  environment {
    variables = {
      TABLE = aws_dynamodb_table.orders.name
      STAGE = var.stage
    }
  }

  depends_on = [aws_cloudwatch_log_group.worker]
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.worker.arn
  batch_size       = 5
}

resource "aws_cloudwatch_log_group" "worker" {
  name              = "/aws/lambda/orders-worker"
  retention_in_days = 14
}

resource "aws_iam_role" "worker" {
  name_prefix = local.prefix
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" } }]
  })

  dynamic "inline_policy" {
    for_each = var.grants
    content {
      name   = inline_policy.key
      policy = inline_policy.value
    }
  }
}

# One for each of them: no single node of a program.
resource "aws_sns_topic" "alerts" {
  for_each = toset(["low", "high"])
  name     = "alerts-${each.key}"
}

resource "aws_s3_bucket" "exportFiles" {
  bucket = "exports-${data.aws_caller_identity.current.account_id}"
}

module "network" {
  source = "./network"
  cidr   = "10.0.0.0/16"
}

check "reachable" {
  data "http" "site" {
    url = "https://example.com"
  }

  assert {
    condition     = data.http.site.status_code == 200
    error_message = "The site does not answer."
  }
}

# A gateway that is made of single resources, with the policy of a role beside it.
resource "aws_api_gateway_rest_api" "desk" {
  name = "desk"
}

resource "aws_api_gateway_resource" "letters" {
  rest_api_id = aws_api_gateway_rest_api.desk.id
  parent_id   = aws_api_gateway_rest_api.desk.root_resource_id
  path_part   = "letters"
}

resource "aws_api_gateway_method" "post_letters" {
  rest_api_id   = aws_api_gateway_rest_api.desk.id
  resource_id   = aws_api_gateway_resource.letters.id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_api_gateway_method" "get_root" {
  rest_api_id   = aws_api_gateway_rest_api.desk.id
  resource_id   = aws_api_gateway_rest_api.desk.root_resource_id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "post_letters" {
  rest_api_id             = aws_api_gateway_rest_api.desk.id
  resource_id             = aws_api_gateway_method.post_letters.resource_id
  http_method             = aws_api_gateway_method.post_letters.http_method
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = aws_lambda_function.worker.invoke_arn
}

resource "aws_api_gateway_integration" "get_root" {
  rest_api_id             = aws_api_gateway_rest_api.desk.id
  resource_id             = aws_api_gateway_rest_api.desk.root_resource_id
  http_method             = "GET"
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = aws_lambda_function.worker.invoke_arn
}

resource "aws_iam_role_policy" "worker" {
  role = aws_iam_role.worker.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "dynamodb:GetItem", Resource = aws_dynamodb_table.orders.arn }]
  })
}

resource "aws_iam_policy" "tell" {
  name = "tell"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage"], Resource = aws_sqs_queue.dead_letters.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "worker_tells" {
  role       = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.tell.arn
}
