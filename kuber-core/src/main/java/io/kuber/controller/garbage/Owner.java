package io.kuber.controller.garbage;

import io.kuber.object.OwnerReference;

/** An owner as the garbage collector finds it. */
record Owner(OwnerReference reference, State state) {
  enum State {
    /** There, and to stay; also what cannot be looked up. */
    SOLID,
    /** Being deleted in the foreground: it waits until its dependents are gone. */
    WAITING,
    /** Not there, or another object of its name. */
    GONE,
    /**
     * In another namespace, from where it can own nothing here; for all else as if it were gone.
     */
    ELSEWHERE,
    /** Inside a namespace, which an object of cluster scope cannot name: nobody can tell which. */
    OUT_OF_SCOPE
  }
}
