@NullMarked
package io.kuber.controller.apiservice;

import org.jspecify.annotations.NullMarked;
