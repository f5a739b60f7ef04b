def take(event, context):
    return {}


work = listen = ask = take
