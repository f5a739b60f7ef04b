# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

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

resource "aws_vpc_endpoint" "inner_to_s3" {
  vpc_id            = aws_vpc.inner.id
  service_name      = "com.amazonaws.${data.aws_region.current.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.inner_zone1_routes.id, aws_route_table.inner_zone2_routes.id]
}

resource "aws_cloudwatch_log_group" "api_logs" {
  name              = "/aws/ecs/shop-default-api"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "api"
  }
}

resource "aws_security_group" "api_balancer_group" {
  description = "In front of api of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "api"
  }
}

resource "aws_vpc_security_group_egress_rule" "api_balancer_group" {
  security_group_id = aws_security_group.api_balancer_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_security_group" "api_group" {
  description = "api of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "api"
  }
}

resource "aws_vpc_security_group_egress_rule" "api_group" {
  security_group_id = aws_security_group.api_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "api_from_balancer" {
  security_group_id            = aws_security_group.api_group.id
  ip_protocol                  = "tcp"
  from_port                    = 3000
  to_port                      = 3000
  referenced_security_group_id = aws_security_group.api_balancer_group.id
}

resource "aws_lb" "api_balancer" {
  load_balancer_type = "application"
  internal           = true
  subnets            = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
  security_groups    = [aws_security_group.api_balancer_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "api"
  }
}

resource "aws_lb_target_group" "api_targets" {
  target_type = "ip"
  protocol    = "HTTP"
  port        = 3000
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "api"
  }

  health_check {
    path                = "/health"
    matcher             = "200-299"
    healthy_threshold   = 5
    unhealthy_threshold = 2
  }
}

resource "aws_lb_listener" "api_listener" {
  load_balancer_arn = aws_lb.api_balancer.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api_targets.arn
  }
}

resource "aws_ecs_task_definition" "api_task" {
  family                   = "shop-default-api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "1024"
  execution_role_arn       = aws_iam_role.api_start_role.arn
  task_role_arn            = aws_iam_role.api_task_role.arn
  container_definitions = jsonencode([
    {
      name      = "main"
      image     = var.image
      essential = true
      portMappings = [
        {
          containerPort = 3000
          protocol      = "tcp"
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.api_logs.name
          awslogs-region        = data.aws_region.current.region
          awslogs-stream-prefix = "main"
        }
      }
      command = ["serve"]
      environment = [
        {
          name  = "FRONT_FUNCTION_NAME"
          value = aws_lambda_function.front.function_name
        },
        {
          name  = "MODE"
          value = "shop"
        },
        {
          name  = "ORDERS_QUEUE_URL"
          value = aws_sqs_queue.orders.url
        },
        {
          name  = "PAGES_BUCKET_NAME"
          value = aws_s3_bucket.pages.id
        },
        {
          name  = "TOKEN_SECRET_NAME"
          value = "shop-default-token"
        },
        {
          name  = "WORKER_URL"
          value = "http://${aws_lb.worker_balancer.dns_name}"
        },
      ]
    },
  ])
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "api"
  }

  runtime_platform {
    cpu_architecture        = "X86_64"
    operating_system_family = "LINUX"
  }

  depends_on = [aws_iam_role_policy.api_start_role, aws_iam_role_policy.api_task_role]
}

resource "aws_ecs_cluster" "api_cluster" {
  name = "shop-default-api"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "api"
  }
}

resource "aws_ecs_service" "api" {
  name            = "shop-default-api"
  cluster         = aws_ecs_cluster.api_cluster.name
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.api_task.arn
  desired_count   = 3
  propagate_tags  = "SERVICE"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "api"
  }
  wait_for_steady_state = true

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
    security_groups  = [aws_security_group.api_group.id]
    assign_public_ip = false
  }

  load_balancer {
    container_name   = "main"
    container_port   = 3000
    target_group_arn = aws_lb_target_group.api_targets.arn
  }

  depends_on = [aws_lb_listener.api_listener]
}

resource "aws_vpc_security_group_ingress_rule" "api_from_public" {
  security_group_id            = aws_security_group.api_balancer_group.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
  referenced_security_group_id = aws_security_group.public_to_api_link_group.id
}

resource "aws_iam_role" "api_start_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
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

resource "aws_iam_role_policy" "api_start_role" {
  role = aws_iam_role.api_start_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.api_logs.arn}:*"
      },
      {
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:GetAuthorizationToken",
          "ecr:GetDownloadUrlForLayer",
        ]
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_role" "api_task_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
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

resource "aws_iam_role_policy" "api_task_role" {
  role = aws_iam_role.api_task_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.orders.arn
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
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.token.arn
      },
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.front.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "worker_logs" {
  name              = "/aws/ecs/shop-default-worker"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }
}

resource "aws_security_group" "worker_balancer_group" {
  description = "In front of worker of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }
}

resource "aws_vpc_security_group_egress_rule" "worker_balancer_group" {
  security_group_id = aws_security_group.worker_balancer_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_security_group" "worker_group" {
  description = "worker of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }
}

resource "aws_vpc_security_group_egress_rule" "worker_group" {
  security_group_id = aws_security_group.worker_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "worker_from_balancer" {
  security_group_id            = aws_security_group.worker_group.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
  referenced_security_group_id = aws_security_group.worker_balancer_group.id
}

resource "aws_lb" "worker_balancer" {
  load_balancer_type = "application"
  internal           = true
  subnets            = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
  security_groups    = [aws_security_group.worker_balancer_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }
}

resource "aws_lb_target_group" "worker_targets" {
  target_type = "ip"
  protocol    = "HTTP"
  port        = 8080
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }

  health_check {
    path                = "/"
    matcher             = "200-299"
    healthy_threshold   = 5
    unhealthy_threshold = 2
  }
}

resource "aws_lb_listener" "worker_listener" {
  load_balancer_arn = aws_lb.worker_balancer.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.worker_targets.arn
  }
}

resource "aws_ecs_task_definition" "worker_task" {
  family                   = "shop-default-worker"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "2048"
  execution_role_arn       = aws_iam_role.worker_start_role.arn
  task_role_arn            = aws_iam_role.worker_task_role.arn
  container_definitions = jsonencode([
    {
      name      = "main"
      image     = var.image
      essential = true
      portMappings = [
        {
          containerPort = 8080
          protocol      = "tcp"
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.worker_logs.name
          awslogs-region        = data.aws_region.current.region
          awslogs-stream-prefix = "main"
        }
      }
    },
  ])
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }

  runtime_platform {
    cpu_architecture        = "ARM64"
    operating_system_family = "LINUX"
  }

  depends_on = [aws_iam_role_policy.worker_start_role]
}

resource "aws_ecs_cluster" "worker_cluster" {
  name = "shop-default-worker"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }
}

resource "aws_ecs_service" "worker" {
  name            = "shop-default-worker"
  cluster         = aws_ecs_cluster.worker_cluster.name
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.worker_task.arn
  desired_count   = 2
  propagate_tags  = "SERVICE"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }
  wait_for_steady_state = true

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
    security_groups  = [aws_security_group.worker_group.id]
    assign_public_ip = false
  }

  load_balancer {
    container_name   = "main"
    container_port   = 8080
    target_group_arn = aws_lb_target_group.worker_targets.arn
  }

  depends_on = [aws_lb_listener.worker_listener]
}

resource "aws_vpc_security_group_ingress_rule" "worker_from_front" {
  security_group_id            = aws_security_group.worker_balancer_group.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
  referenced_security_group_id = aws_security_group.front_group.id
}

resource "aws_vpc_security_group_ingress_rule" "worker_from_api" {
  security_group_id            = aws_security_group.worker_balancer_group.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
  referenced_security_group_id = aws_security_group.api_group.id
}

resource "aws_vpc_security_group_ingress_rule" "worker_from_public" {
  security_group_id            = aws_security_group.worker_balancer_group.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
  referenced_security_group_id = aws_security_group.public_to_worker_link_group.id
}

resource "aws_iam_role" "worker_start_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }
}

resource "aws_iam_role_policy" "worker_start_role" {
  role = aws_iam_role.worker_start_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.worker_logs.arn}:*"
      },
      {
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:GetAuthorizationToken",
          "ecr:GetDownloadUrlForLayer",
        ]
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_role" "worker_task_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "worker"
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

resource "aws_security_group" "public_to_api_link_group" {
  description = "From public to api"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_vpc_security_group_egress_rule" "public_to_api_link_group" {
  security_group_id = aws_security_group.public_to_api_link_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_apigatewayv2_vpc_link" "public_to_api_link" {
  name               = "shop-default-public-api"
  subnet_ids         = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
  security_group_ids = [aws_security_group.public_to_api_link_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_apigatewayv2_integration" "public_to_api" {
  api_id                 = aws_apigatewayv2_api.public.id
  integration_type       = "HTTP_PROXY"
  integration_method     = "ANY"
  integration_uri        = aws_lb_listener.api_listener.arn
  connection_type        = "VPC_LINK"
  connection_id          = aws_apigatewayv2_vpc_link.public_to_api_link.id
  payload_format_version = "1.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "public_get_orders_id" {
  api_id             = aws_apigatewayv2_api.public.id
  route_key          = "GET /orders/{id}"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.public_to_api.id}"
}

resource "aws_apigatewayv2_route" "public_post_orders" {
  api_id             = aws_apigatewayv2_api.public.id
  route_key          = "POST /orders"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.public_to_api.id}"
}

resource "aws_security_group" "public_to_worker_link_group" {
  description = "From public to worker"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_vpc_security_group_egress_rule" "public_to_worker_link_group" {
  security_group_id = aws_security_group.public_to_worker_link_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_apigatewayv2_vpc_link" "public_to_worker_link" {
  name               = "shop-default-public-worker"
  subnet_ids         = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
  security_group_ids = [aws_security_group.public_to_worker_link_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_apigatewayv2_integration" "public_to_worker_any_jobs_path" {
  api_id                 = aws_apigatewayv2_api.public.id
  integration_type       = "HTTP_PROXY"
  integration_method     = "ANY"
  integration_uri        = aws_lb_listener.worker_listener.arn
  connection_type        = "VPC_LINK"
  connection_id          = aws_apigatewayv2_vpc_link.public_to_worker_link.id
  payload_format_version = "1.0"
  timeout_milliseconds   = 5000
}

resource "aws_apigatewayv2_route" "public_any_jobs_path" {
  api_id             = aws_apigatewayv2_api.public.id
  route_key          = "ANY /jobs/{path+}"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.public_to_worker_any_jobs_path.id}"
}

resource "aws_apigatewayv2_route" "public_any_jobs" {
  api_id             = aws_apigatewayv2_api.public.id
  route_key          = "ANY /jobs"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.public_to_worker_any_jobs_path.id}"
}

resource "aws_cloudwatch_log_group" "front_logs" {
  name              = "/aws/lambda/shop-default-front"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }
}

resource "aws_security_group" "front_group" {
  description = "front of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }
}

resource "aws_vpc_security_group_egress_rule" "front_group" {
  security_group_id = aws_security_group.front_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lambda_function" "front" {
  function_name    = "shop-default-front"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/front-04955410870c.zip"
  source_code_hash = filebase64sha256("${path.module}/code/front-04955410870c.zip")
  role             = aws_iam_role.front_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.front_logs.name
    log_format = "Text"
  }

  vpc_config {
    subnet_ids         = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
    security_group_ids = [aws_security_group.front_group.id]
  }

  environment {
    variables = {
      WORKER_URL = "http://${aws_lb.worker_balancer.dns_name}"
    }
  }

  depends_on = [aws_iam_role_policy.front_role]
}

resource "aws_iam_role" "front_role" {
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
    "virga:node"  = "front"
  }
}

resource "aws_iam_role_policy" "front_role" {
  role = aws_iam_role.front_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.front_logs.arn}:*"
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

resource "aws_secretsmanager_secret" "token" {
  name = "shop-default-token"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "token"
  }
}

resource "aws_secretsmanager_secret_version" "token" {
  secret_id     = aws_secretsmanager_secret.token.id
  secret_string = var.key
}
