# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

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

resource "aws_subnet" "inner_public2" {
  vpc_id                  = aws_vpc.inner.id
  cidr_block              = "10.0.144.0/20"
  availability_zone       = data.aws_availability_zones.current.names[1]
  map_public_ip_on_launch = false
  tags = {
    Name          = "shop-default-inner-Public2"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_route_table" "inner_public2_routes" {
  vpc_id = aws_vpc.inner.id
  tags = {
    Name          = "shop-default-inner-Public2"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "inner"
  }
}

resource "aws_route_table_association" "inner_public2_routing" {
  subnet_id      = aws_subnet.inner_public2.id
  route_table_id = aws_route_table.inner_public2_routes.id
}

resource "aws_route" "inner_public2_way_out" {
  route_table_id         = aws_route_table.inner_public2_routes.id
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

resource "aws_cloudwatch_log_group" "front_logs" {
  name              = "/aws/ecs/shop-default-front"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }
}

resource "aws_security_group" "front_balancer_group" {
  description = "In front of front of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }
}

resource "aws_vpc_security_group_egress_rule" "front_balancer_group" {
  security_group_id = aws_security_group.front_balancer_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
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

resource "aws_vpc_security_group_ingress_rule" "front_from_balancer" {
  security_group_id            = aws_security_group.front_group.id
  ip_protocol                  = "tcp"
  from_port                    = 3000
  to_port                      = 3000
  referenced_security_group_id = aws_security_group.front_balancer_group.id
}

resource "aws_vpc_security_group_ingress_rule" "front_from_internet" {
  security_group_id = aws_security_group.front_balancer_group.id
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "front_from_internet_securely" {
  security_group_id = aws_security_group.front_balancer_group.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lb" "front_balancer" {
  load_balancer_type = "application"
  internal           = false
  subnets            = [aws_subnet.inner_public1.id, aws_subnet.inner_public2.id]
  security_groups    = [aws_security_group.front_balancer_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }
  depends_on = [aws_internet_gateway_attachment.inner_internet_attachment]
}

resource "aws_lb_target_group" "front_targets" {
  target_type = "ip"
  protocol    = "HTTP"
  port        = 3000
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }

  health_check {
    path                = "/"
    matcher             = "200-299"
    healthy_threshold   = 5
    unhealthy_threshold = 2
  }

  stickiness {
    enabled         = "true"
    type            = "lb_cookie"
    cookie_duration = "3600"
  }
}

resource "aws_lb_listener" "front_redirect" {
  load_balancer_arn = aws_lb.front_balancer.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "front_listener" {
  load_balancer_arn = aws_lb.front_balancer.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.front_targets.arn
  }
}

data "aws_route53_zone" "front_record" {
  name = "example.com."
}

resource "aws_route53_record" "front_record" {
  zone_id = data.aws_route53_zone.front_record.zone_id
  name    = "shop.example.com"
  type    = "A"

  alias {
    name                   = aws_lb.front_balancer.dns_name
    zone_id                = aws_lb.front_balancer.zone_id
    evaluate_target_health = false
  }
}

resource "aws_ecs_task_definition" "front_task" {
  family                   = "shop-default-front"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "1024"
  execution_role_arn       = aws_iam_role.front_start_role.arn
  task_role_arn            = aws_iam_role.front_task_role.arn
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
          awslogs-group         = aws_cloudwatch_log_group.front_logs.name
          awslogs-region        = data.aws_region.current.region
          awslogs-stream-prefix = "main"
        }
      }
      environment = [
        {
          name  = "HIDDEN_URL"
          value = "http://${aws_lb.hidden_balancer.dns_name}"
        },
        {
          name  = "PLAIN_URL"
          value = "http://${aws_lb.plain_balancer.dns_name}"
        },
      ]
    },
  ])
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }

  runtime_platform {
    cpu_architecture        = "X86_64"
    operating_system_family = "LINUX"
  }

  depends_on = [aws_iam_role_policy.front_start_role]
}

resource "aws_ecs_cluster" "front_cluster" {
  name = "shop-default-front"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }
}

resource "aws_ecs_service" "front" {
  name            = "shop-default-front"
  cluster         = aws_ecs_cluster.front_cluster.name
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.front_task.arn
  propagate_tags  = "SERVICE"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }
  wait_for_steady_state = true
  desired_count         = 1

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
    security_groups  = [aws_security_group.front_group.id]
    assign_public_ip = false
  }

  load_balancer {
    container_name   = "main"
    container_port   = 3000
    target_group_arn = aws_lb_target_group.front_targets.arn
  }

  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [aws_lb_listener.front_listener]
}

resource "aws_appautoscaling_target" "front_scale" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.front_cluster.name}/${aws_ecs_service.front.name}"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "front_scaling" {
  name               = "shop-default-front"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.front_scale.resource_id
  scalable_dimension = aws_appautoscaling_target.front_scale.scalable_dimension
  service_namespace  = aws_appautoscaling_target.front_scale.service_namespace

  target_tracking_scaling_policy_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_iam_role" "front_start_role" {
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
    "virga:node"  = "front"
  }
}

resource "aws_iam_role_policy" "front_start_role" {
  role = aws_iam_role.front_start_role.name
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

resource "aws_iam_role" "front_task_role" {
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
    "virga:node"  = "front"
  }
}

resource "aws_cloudwatch_log_group" "plain_logs" {
  name              = "/aws/ecs/shop-default-plain"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "plain"
  }
}

resource "aws_security_group" "plain_balancer_group" {
  description = "In front of plain of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "plain"
  }
}

resource "aws_vpc_security_group_egress_rule" "plain_balancer_group" {
  security_group_id = aws_security_group.plain_balancer_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_security_group" "plain_group" {
  description = "plain of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "plain"
  }
}

resource "aws_vpc_security_group_egress_rule" "plain_group" {
  security_group_id = aws_security_group.plain_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "plain_from_balancer" {
  security_group_id            = aws_security_group.plain_group.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
  referenced_security_group_id = aws_security_group.plain_balancer_group.id
}

resource "aws_vpc_security_group_ingress_rule" "plain_from_internet" {
  security_group_id = aws_security_group.plain_balancer_group.id
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lb" "plain_balancer" {
  load_balancer_type = "application"
  internal           = false
  subnets            = [aws_subnet.inner_public1.id, aws_subnet.inner_public2.id]
  security_groups    = [aws_security_group.plain_balancer_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "plain"
  }
  depends_on = [aws_internet_gateway_attachment.inner_internet_attachment]
}

resource "aws_lb_target_group" "plain_targets" {
  target_type = "ip"
  protocol    = "HTTP"
  port        = 8080
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "plain"
  }

  health_check {
    path                = "/"
    matcher             = "200-299"
    healthy_threshold   = 5
    unhealthy_threshold = 2
  }
}

resource "aws_lb_listener" "plain_listener" {
  load_balancer_arn = aws_lb.plain_balancer.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.plain_targets.arn
  }
}

resource "aws_ecs_task_definition" "plain_task" {
  family                   = "shop-default-plain"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "1024"
  execution_role_arn       = aws_iam_role.plain_start_role.arn
  task_role_arn            = aws_iam_role.plain_task_role.arn
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
          awslogs-group         = aws_cloudwatch_log_group.plain_logs.name
          awslogs-region        = data.aws_region.current.region
          awslogs-stream-prefix = "main"
        }
      }
    },
  ])
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "plain"
  }

  runtime_platform {
    cpu_architecture        = "X86_64"
    operating_system_family = "LINUX"
  }

  depends_on = [aws_iam_role_policy.plain_start_role]
}

resource "aws_ecs_cluster" "plain_cluster" {
  name = "shop-default-plain"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "plain"
  }
}

resource "aws_ecs_service" "plain" {
  name            = "shop-default-plain"
  cluster         = aws_ecs_cluster.plain_cluster.name
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.plain_task.arn
  desired_count   = 2
  propagate_tags  = "SERVICE"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "plain"
  }
  wait_for_steady_state = true

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
    security_groups  = [aws_security_group.plain_group.id]
    assign_public_ip = false
  }

  load_balancer {
    container_name   = "main"
    container_port   = 8080
    target_group_arn = aws_lb_target_group.plain_targets.arn
  }

  depends_on = [aws_lb_listener.plain_listener]
}

resource "aws_iam_role" "plain_start_role" {
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
    "virga:node"  = "plain"
  }
}

resource "aws_iam_role_policy" "plain_start_role" {
  role = aws_iam_role.plain_start_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.plain_logs.arn}:*"
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

resource "aws_iam_role" "plain_task_role" {
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
    "virga:node"  = "plain"
  }
}

resource "aws_cloudwatch_log_group" "beside_logs" {
  name              = "/aws/ecs/shop-default-beside"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "beside"
  }
}

resource "aws_security_group" "beside_balancer_group" {
  description = "In front of beside of shop"
  vpc_id      = var.vpc
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "beside"
  }
}

resource "aws_vpc_security_group_egress_rule" "beside_balancer_group" {
  security_group_id = aws_security_group.beside_balancer_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_security_group" "beside_group" {
  description = "beside of shop"
  vpc_id      = var.vpc
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "beside"
  }
}

resource "aws_vpc_security_group_egress_rule" "beside_group" {
  security_group_id = aws_security_group.beside_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "beside_from_balancer" {
  security_group_id            = aws_security_group.beside_group.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
  referenced_security_group_id = aws_security_group.beside_balancer_group.id
}

resource "aws_vpc_security_group_ingress_rule" "beside_from_internet" {
  security_group_id = aws_security_group.beside_balancer_group.id
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lb" "beside_balancer" {
  load_balancer_type = "application"
  internal           = false
  subnets            = [var.part_c, var.part_d]
  security_groups    = [aws_security_group.beside_balancer_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "beside"
  }
}

resource "aws_lb_target_group" "beside_targets" {
  target_type = "ip"
  protocol    = "HTTP"
  port        = 8080
  vpc_id      = var.vpc
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "beside"
  }

  health_check {
    path                = "/"
    matcher             = "200-299"
    healthy_threshold   = 5
    unhealthy_threshold = 2
  }
}

resource "aws_lb_listener" "beside_listener" {
  load_balancer_arn = aws_lb.beside_balancer.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.beside_targets.arn
  }
}

resource "aws_ecs_task_definition" "beside_task" {
  family                   = "shop-default-beside"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "1024"
  execution_role_arn       = aws_iam_role.beside_start_role.arn
  task_role_arn            = aws_iam_role.beside_task_role.arn
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
          awslogs-group         = aws_cloudwatch_log_group.beside_logs.name
          awslogs-region        = data.aws_region.current.region
          awslogs-stream-prefix = "main"
        }
      }
    },
  ])
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "beside"
  }

  runtime_platform {
    cpu_architecture        = "X86_64"
    operating_system_family = "LINUX"
  }

  depends_on = [aws_iam_role_policy.beside_start_role]
}

resource "aws_ecs_cluster" "beside_cluster" {
  name = "shop-default-beside"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "beside"
  }
}

resource "aws_ecs_service" "beside" {
  name            = "shop-default-beside"
  cluster         = aws_ecs_cluster.beside_cluster.name
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.beside_task.arn
  desired_count   = 2
  propagate_tags  = "SERVICE"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "beside"
  }
  wait_for_steady_state = true

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [var.part_a, var.part_b]
    security_groups  = [aws_security_group.beside_group.id]
    assign_public_ip = false
  }

  load_balancer {
    container_name   = "main"
    container_port   = 8080
    target_group_arn = aws_lb_target_group.beside_targets.arn
  }

  depends_on = [aws_lb_listener.beside_listener]
}

resource "aws_iam_role" "beside_start_role" {
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
    "virga:node"  = "beside"
  }
}

resource "aws_iam_role_policy" "beside_start_role" {
  role = aws_iam_role.beside_start_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.beside_logs.arn}:*"
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

resource "aws_iam_role" "beside_task_role" {
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
    "virga:node"  = "beside"
  }
}

resource "aws_cloudwatch_log_group" "hidden_logs" {
  name              = "/aws/ecs/shop-default-hidden"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "hidden"
  }
}

resource "aws_security_group" "hidden_balancer_group" {
  description = "In front of hidden of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "hidden"
  }
}

resource "aws_vpc_security_group_egress_rule" "hidden_balancer_group" {
  security_group_id = aws_security_group.hidden_balancer_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_security_group" "hidden_group" {
  description = "hidden of shop"
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "hidden"
  }
}

resource "aws_vpc_security_group_egress_rule" "hidden_group" {
  security_group_id = aws_security_group.hidden_group.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "hidden_from_balancer" {
  security_group_id            = aws_security_group.hidden_group.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
  referenced_security_group_id = aws_security_group.hidden_balancer_group.id
}

resource "aws_lb" "hidden_balancer" {
  load_balancer_type = "application"
  internal           = true
  subnets            = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
  security_groups    = [aws_security_group.hidden_balancer_group.id]
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "hidden"
  }
}

resource "aws_lb_target_group" "hidden_targets" {
  target_type = "ip"
  protocol    = "HTTP"
  port        = 8080
  vpc_id      = aws_vpc.inner.id
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "hidden"
  }

  health_check {
    path                = "/"
    matcher             = "200-299"
    healthy_threshold   = 5
    unhealthy_threshold = 2
  }
}

resource "aws_lb_listener" "hidden_listener" {
  load_balancer_arn = aws_lb.hidden_balancer.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.hidden_targets.arn
  }
}

resource "aws_ecs_task_definition" "hidden_task" {
  family                   = "shop-default-hidden"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "1024"
  execution_role_arn       = aws_iam_role.hidden_start_role.arn
  task_role_arn            = aws_iam_role.hidden_task_role.arn
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
          awslogs-group         = aws_cloudwatch_log_group.hidden_logs.name
          awslogs-region        = data.aws_region.current.region
          awslogs-stream-prefix = "main"
        }
      }
    },
  ])
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "hidden"
  }

  runtime_platform {
    cpu_architecture        = "X86_64"
    operating_system_family = "LINUX"
  }

  depends_on = [aws_iam_role_policy.hidden_start_role]
}

resource "aws_ecs_cluster" "hidden_cluster" {
  name = "shop-default-hidden"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "hidden"
  }
}

resource "aws_ecs_service" "hidden" {
  name            = "shop-default-hidden"
  cluster         = aws_ecs_cluster.hidden_cluster.name
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.hidden_task.arn
  propagate_tags  = "SERVICE"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "hidden"
  }
  wait_for_steady_state = true
  desired_count         = 1

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [aws_subnet.inner_zone1.id, aws_subnet.inner_zone2.id]
    security_groups  = [aws_security_group.hidden_group.id]
    assign_public_ip = false
  }

  load_balancer {
    container_name   = "main"
    container_port   = 8080
    target_group_arn = aws_lb_target_group.hidden_targets.arn
  }

  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [aws_lb_listener.hidden_listener]
}

resource "aws_appautoscaling_target" "hidden_scale" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.hidden_cluster.name}/${aws_ecs_service.hidden.name}"
  min_capacity       = 1
  max_capacity       = 4
}

resource "aws_appautoscaling_policy" "hidden_scaling" {
  name               = "shop-default-hidden"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.hidden_scale.resource_id
  scalable_dimension = aws_appautoscaling_target.hidden_scale.scalable_dimension
  service_namespace  = aws_appautoscaling_target.hidden_scale.service_namespace

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_vpc_security_group_ingress_rule" "hidden_from_front" {
  security_group_id            = aws_security_group.hidden_balancer_group.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
  referenced_security_group_id = aws_security_group.front_group.id
}

resource "aws_iam_role" "hidden_start_role" {
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
    "virga:node"  = "hidden"
  }
}

resource "aws_iam_role_policy" "hidden_start_role" {
  role = aws_iam_role.hidden_start_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.hidden_logs.arn}:*"
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

resource "aws_iam_role" "hidden_task_role" {
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
    "virga:node"  = "hidden"
  }
}
