"""Who is told what, when and how: policy, judgement, limiter and sender."""
