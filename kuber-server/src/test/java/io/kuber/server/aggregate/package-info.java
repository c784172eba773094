@NullMarked
package io.kuber.server.aggregate;

import org.jspecify.annotations.NullMarked;
