# expect: error
# control: exits
raise GeneratorExit
