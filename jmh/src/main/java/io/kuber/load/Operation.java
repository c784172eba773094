package io.kuber.load;

/** What a connection does again and again. */
enum Operation {
  CREATE {
    @Override
    int run(Target target, int connection) {
      return target.create("new-" + connection + "-" + Long.toString(System.nanoTime(), 36));
    }
  },
  UPDATE {
    @Override
    int run(Target target, int connection) {
      return target.update(own(connection));
    }
  },
  GET {
    @Override
    int run(Target target, int connection) {
      return target.read(own(connection));
    }
  },
  LIST {
    @Override
    int run(Target target, int connection) {
      return target.list();
    }
  },
  /** Updates again; what is measured is when a watcher hears of them. */
  WATCH {
    @Override
    int run(Target target, int connection) {
      return target.update(own(connection));
    }
  };

  /** One request; the status of its answer. */
  abstract int run(Target target, int connection);

  /** The object that one connection alone writes. */
  static String own(int connection) {
    return "own-" + connection;
  }
}
