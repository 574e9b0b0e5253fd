#include "CGtkKit.h"
