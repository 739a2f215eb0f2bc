// Must not compile: the monitor may not see the panel, which is above it.
#include "monitor/monitor.hpp"
#include "panel/panel.hpp"
