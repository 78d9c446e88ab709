/// Questions that the tables answer.
@NullMarked
package dev.vidimus.registry.question;

import org.jspecify.annotations.NullMarked;
