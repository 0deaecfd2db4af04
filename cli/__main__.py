"""`python -m duizhao`."""

from duizhao.main import main

main()
