from pipeline.cli import main

if __name__ == "__main__":  # processes that a cluster starts import this file under another name
    raise SystemExit(main())
